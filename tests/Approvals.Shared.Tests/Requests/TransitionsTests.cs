using Approvals.Chains;
using Approvals.Requests;
using Approvals.Tests.Chains;
using Approvals.Values;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Requests;

public sealed class TransitionsTests
{
    private static Task<Transition> Run(CommandEnvelope envelope, bool submit = true, StoredRequest? current = null) =>
        Transitions.RunAsync(current, envelope, Start, new Desk(), submit).AsTask();

    private static CommandEnvelope Envelope(Command.Create create, string title = "New laptops") => new()
    {
        Tenant = "contoso",
        RequestId = "r1",
        CommandId = "c1",
        Command = create,
        Involved = ["later"],
        Snapshot = new Snapshot
        {
            Number = 1,
            Title = title,
            Requester = create.By,
            Payload = Value.Map(),
            PayloadHash = Hash,
            TakenAt = Start,
        },
    };

    [Fact]
    public async Task A_creation_brings_everything_in_one_transition()
    {
        var made = await Run(Envelope(Create(Level("ana"))));
        Assert.Equal((1L, 1L, "c1"), (made.After!.Version, made.Receipt.Version, made.Receipt.CommandId));
        Assert.Null(made.Before);
        Assert.NotNull(made.Snapshot);
        Assert.Equal(["rita", "ana", "later"], made.Involved.AsEnumerable());
    }

    [Fact]
    public async Task A_refused_submission_creates_nothing()
    {
        var made = await Run(Envelope(Create(Level("rita"))));
        Assert.Null(made.After);
        Assert.Null(made.Snapshot);
        Assert.Equal((RefusalCode.InvalidLevel, 0L), (made.Receipt.Refusal?.Code, made.Receipt.Version));
        var entry = Assert.Single(made.Audit);
        Assert.Null(entry.RequestId);
        Assert.Equal(("requested", "order:PO-7"), (entry.Action, entry.Subject?.ToString()));
    }

    [Fact]
    public async Task A_creation_of_what_exists_changes_nothing()
    {
        var first = await Run(Envelope(Create(Level("ana"))));
        var again = await Run(Envelope(Create(Level("bo"))), current: new StoredRequest(first.After!, first.Snapshot!, Approvals.Audit.ChainHead.Empty));
        Assert.Same(first.After, again.After);
        Assert.Empty(again.Events);
        Assert.Empty(again.Audit);
        Assert.Null(again.Snapshot);
        Assert.Null(again.Receipt.Refusal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("x", false)]
    public async Task A_title_is_required(string title, bool refused) =>
        Assert.Equal(refused ? RefusalCode.ValidationFailed : null, (await Run(Envelope(Create(Level("ana")), title))).Receipt.Refusal?.Code);

    [Fact]
    public async Task A_title_has_at_most_500_characters()
    {
        Assert.Null((await Run(Envelope(Create(Level("ana")), new string('x', 500)))).Receipt.Refusal);
        Assert.Equal(RefusalCode.ValidationFailed, (await Run(Envelope(Create(Level("ana")), new string('x', 501)))).Receipt.Refusal?.Code);
    }

    [Fact]
    public async Task The_snapshot_must_be_what_was_hashed()
    {
        var envelope = Envelope(Create(Level("ana")));
        Assert.Equal(RefusalCode.ValidationFailed, (await Run(envelope with { Snapshot = null })).Receipt.Refusal?.Code);
        Assert.Equal(RefusalCode.ValidationFailed, (await Run(envelope with { Snapshot = envelope.Snapshot! with { PayloadHash = "ff" } })).Receipt.Refusal?.Code);
    }

    [Fact]
    public void A_refused_command_keeps_the_state_and_leaves_a_receipt_and_an_entry()
    {
        var story = Story.Of(Level("ana")).Refuses(new Command.Approve { By = Human("zoe") }, RefusalCode.NotAuthorized);
        Assert.Same(story.State, story.Last.After);
        Assert.Equal(1, story.Last.Receipt.Version);
        Assert.Empty(story.Last.Outbox);
        Assert.Equal(("approved", "r1", "zoe"), (story.Last.Audit[0].Action, story.Last.Audit[0].RequestId, story.Last.Audit[0].Actor.Id));
    }

    [Fact]
    public void A_command_that_does_nothing_takes_no_version()
    {
        var story = Story.Of(Level("ana")).TimeOut();
        Assert.Equal((1L, 1L), (story.State.Version, story.Last.Receipt.Version));
    }
}
