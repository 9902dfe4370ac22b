using System.Text.Json;
using Approvals.Chains;
using Approvals.Chains.Json;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class OriginTests
{
    [Theory]
    [InlineData(RequestOrigin.Gate, true)]
    [InlineData(RequestOrigin.Direct, false)]
    [InlineData(RequestOrigin.Service, false)]
    public void Only_the_gates_requests_end_in_a_grant(RequestOrigin origin, bool granted)
    {
        var story = Story.Of(Create(Level("ana")) with { Origin = origin }).Approve("ana");
        Assert.Equal((RequestStatus.Approved, granted), (story.Status, story.State.Grant is not null));

        // A last level that is skipped, and an automatic one, lead there too.
        var skipped = Story.Of(Create(Level("ana"), Level("bo")) with { Origin = origin }, desk => desk.Skipped.Add(2)).Approve("ana");
        Assert.Equal((RequestStatus.Approved, granted), (skipped.Status, skipped.State.Grant is not null));
        var automatic = Story.Of(Create(Level("ana")) with { Origin = origin }, desk => desk.AutoApproved[1] = "true");
        Assert.Equal((RequestStatus.Approved, granted), (automatic.Status, automatic.State.Grant is not null));
    }

    [Theory]
    [InlineData(RequestOrigin.Direct)]
    [InlineData(RequestOrigin.Service)]
    public void The_others_are_not_there_for_a_claim_or_a_report(RequestOrigin origin)
    {
        var claim = new Command.ClaimGrant(Hash, "x") { By = Human("rita") };
        var report = new Command.ReportExecution("x", Succeeded: true) { By = Human("rita") };
        Story.Of(Create(Level("ana")) with { Origin = origin })
            .Refuses(claim, RefusalCode.NotFound).Refuses(report, RefusalCode.NotFound)
            .Approve("ana")
            .Refuses(claim, RefusalCode.NotFound).Refuses(report, RefusalCode.NotFound);
    }

    [Fact]
    public void A_grant_that_a_direct_request_was_given_before_is_worth_nothing()
    {
        var state = Story.Of(Create(Level("ana")) with { Origin = RequestOrigin.Direct }).Approve("ana").State with { Grant = new GrantState(Start.AddHours(24)) };
        Assert.Equal(RefusalCode.NotFound, Chain.Decide(state, new Command.ClaimGrant(Hash, "x") { By = Human("rita") }, Start.AddHours(1)).Refusal?.Code);
    }

    [Theory]
    [InlineData("k", RequestOrigin.Gate)]
    [InlineData(null, RequestOrigin.Direct)]
    public void A_request_that_was_stored_before_has_the_origin_that_its_business_key_tells(string? key, RequestOrigin origin)
    {
        var json = JsonSerializer.Serialize(Story.Of(Create(Level("ana")) with { BusinessKey = key }).State, ChainJson.State)
            .Replace("\"origin\":\"gate\",", "", StringComparison.Ordinal);
        Assert.DoesNotContain("origin", json, StringComparison.Ordinal);
        Assert.Equal(origin, JsonSerializer.Deserialize(json, ChainJson.State)!.Origin);
    }

    [Fact]
    public void What_the_service_will_do_is_not_changed_by_a_resubmission()
    {
        var by = Human("rita");
        Story.Of(Create(Level("ana")) with { Origin = RequestOrigin.Service })
            .When(new Command.RequestChanges("Not this one") { By = Human("ana") })
            .Refuses(new Command.Resubmit("bb") { By = by }, RefusalCode.ValidationFailed)
            .When(new Command.Resubmit(Hash) { By = by });
    }

    [Fact]
    public void Origin_is_in_events_and_on_the_trail()
    {
        var story = Story.Of(Create(Level("ana")) with { Origin = RequestOrigin.Direct });
        Assert.Contains(story.Last.Audit[0].Details, detail => detail.Key == "origin" && detail.Value.AsString() == "direct");
        story.Approve("ana");
        Assert.All(story.Last.Outbox, told => Assert.Equal("direct", JsonDocument.Parse(told.Body).RootElement.GetProperty("origin").GetString()));
    }
}
