using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>A decision that names what was seen is made on exactly that.</summary>
public sealed class StaleViewTests
{
    private const string Other = "00000000000000000000000000000000000000000000000000000000000000bb";

    /// <summary>Which answer whom gets for which decision; a code, or null where the decision is made.</summary>
    public static TheoryData<string, string, string?, string?> Matrix
    {
        get
        {
            var rows = new TheoryData<string, string, string?, string?>();
            foreach (var decision in new[] { "approve", "reject", "requestChanges" })
            {
                foreach (var person in new[] { "ana", "bo" })
                {
                    rows.Add(decision, person, null, null);
                    rows.Add(decision, person, Hash, null);
                    rows.Add(decision, person, Other, RefusalCode.StaleView);
                    rows.Add(decision, person, "", RefusalCode.StaleView);
                    rows.Add(decision, person, Hash.ToUpperInvariant(), RefusalCode.StaleView);
                }

                // Who may not decide is told that, whatever they saw.
                foreach (var hash in new[] { null, Hash, Other })
                {
                    rows.Add(decision, "rita", hash, RefusalCode.SelfApproval);
                    rows.Add(decision, "zoe", hash, RefusalCode.NotAuthorized);
                    rows.Add(decision, "bot-7", hash, RefusalCode.AgentForbidden);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Decision_byWhatWasSeen(string decision, string person, string? seen, string? code)
    {
        var story = Story.Of(Create(Level("ana"), Level("cleo")), desk => desk.Delegates["ana"] = "bo");
        var command = Decide(decision, person) with { PayloadHash = seen, ActsFor = person == "bo" ? ["ana"] : [] };
        if (code is not null)
        {
            story.Refuses(command, code);
            return;
        }

        story.When(command);
        Assert.Equal(Hash, story.Last.Audit[0].PayloadHash);
    }

    [Fact]
    public void Refusal_tells_the_current_hash_and_the_trail_what_was_named()
    {
        var story = Story.Of(Level("ana")).Refuses(new Command.Approve { By = Human("ana"), PayloadHash = Other }, RefusalCode.StaleView);
        Assert.Equal(new RefusalMember("payloadHash", Hash), Assert.Single(story.Last.Receipt.Refusal!.Members));
        Assert.Equal(Other, Assert.Single(story.Last.Audit).PayloadHash);
    }

    [Fact]
    public void A_reason_is_asked_for_only_where_the_view_is_the_one_under_decision() =>
        Story.Of(Level("ana"))
            .Refuses(new Command.Reject(null) { By = Human("ana"), PayloadHash = Other }, RefusalCode.StaleView)
            .Refuses(new Command.Reject(null) { By = Human("ana"), PayloadHash = Hash }, RefusalCode.ReasonRequired);

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("requestChanges")]
    public void After_a_resubmission_the_old_view_decides_nothing(string decision)
    {
        var story = Story.Of(Level("ana"));
        story.When(new Command.RequestChanges("smaller") { By = Human("ana"), PayloadHash = Hash })
            .When(new Command.Resubmit(Other) { By = Human("rita") })
            .Refuses(Decide(decision, "ana") with { PayloadHash = Hash }, RefusalCode.StaleView)
            .Then(RequestStatus.InReview)
            .When(Decide(decision, "ana") with { PayloadHash = Other });
        Assert.Equal((AuditOutcome.Ok, Other), (story.Last.Audit[0].Outcome, story.Last.Audit[0].PayloadHash));
    }

    private static Command.Decision Decide(string decision, string person)
    {
        var by = person == "bot-7" ? Agent(person) : Human(person);
        return decision switch
        {
            "approve" => new Command.Approve { By = by },
            "reject" => new Command.Reject("too dear") { By = by },
            _ => new Command.RequestChanges("smaller") { By = by },
        };
    }
}
