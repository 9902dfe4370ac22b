using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Json;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Values;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains.Json;

public sealed class ChainJsonTests
{
    /// <summary>A level in which nothing has its usual value.</summary>
    private static readonly LevelDefinition Unusual = new()
    {
        Name = "Finance",
        Groups = [QuorumOf(2, "bo", "cleo") with { Name = "two" }, Share(50, "dora")],
        Rejection = RejectionRule.WhenUnreachable,
        HumanOnly = true,
        When = "payload.amount > 5",
        AutoApprove = ["true"],
        RespondWithin = TimeSpan.FromMinutes(90),
        RemindAfter = [TimeSpan.FromMinutes(30)],
        Calendar = new BusinessCalendar { TimeZone = "Europe/Berlin", WorkDays = [DayOfWeek.Sunday], Holidays = [new(2026, 12, 25)], Closes = new(0, 0) },
        OnTimeout = TimeoutAction.Escalate,
        EscalateTo = ["user:zoe"],
        MaxEscalations = 0,
    };

    [Fact]
    public void A_state_comes_back_as_it_was_at_every_step()
    {
        var story = Story.Of(Create(Level("ana"), Unusual) with { Watchers = ["wim"], BusinessKey = "k", DistinctApprovers = true });
        SameAfterwards(story.State, ChainJson.State);
        story.Approve("ana");
        SameAfterwards(story.State, ChainJson.State);
        story.Approve("bo").Approve("cleo").Approve("dora").When(new Command.ClaimGrant(Hash, "x") { By = Human("rita") });
        var back = SameAfterwards(story.State, ChainJson.State);
        Assert.Equal((0, true, RejectionRule.WhenUnreachable), (back.Levels[1].Definition.MaxEscalations, back.Levels[1].Definition.HumanOnly, back.Levels[1].Definition.Rejection));
        Assert.Equal(DayOfWeek.Sunday, Assert.Single(back.Levels[1].Definition.Calendar!.WorkDays));
        Assert.All(story.History, happened => SameAfterwards(happened, ChainJson.Event));
    }

    [Fact]
    public void What_is_empty_or_usual_is_left_out_and_reads_as_empty()
    {
        var back = SameAfterwards(Story.Of(Create(Level("ana")), submit: false).State, ChainJson.State);
        Assert.False(back.Watchers.IsDefault);
        Assert.False(back.Levels[0].Groups.IsDefault);
        Assert.False(back.Levels[0].RemindersDue.IsDefault);
        Assert.Equal((1, RequestStatus.Draft), (back.Snapshot, back.Status));
    }

    [Fact]
    public void A_request_of_two_levels_stays_small()
    {
        var story = Story.Of(Any("ana", "bo"), Level(QuorumOf(2, "cleo", "dora", "emil"))).Approve("bo").Approve("cleo").Approve("emil");
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(story.State, ChainJson.State).Length, 1, 1800);
    }

    [Fact]
    public void A_snapshot_keeps_its_payload_to_the_letter()
    {
        var payload = JsonText.Parse("""{"b":[1,2.50,{"x":null}],"a":"é\u0001","n":1e300,"deep":[[[[[]]]]]}""");
        var snapshot = new Snapshot
        {
            Number = 2,
            Title = "T",
            Requester = Human("rita", "requester"),
            Payload = payload,
            PayloadHash = PayloadHash.Of(payload),
            Sensitive = ["payload.a"],
            TakenAt = Start,
        };
        var back = SameAfterwards(snapshot, ChainJson.Snapshot);
        Assert.Equal(payload, back.Payload);
        Assert.Equal(snapshot.PayloadHash, PayloadHash.Of(back.Payload));
    }

    [Fact]
    public void Payloads_as_deep_as_allowed_travel_in_an_envelope()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 64)) + string.Concat(Enumerable.Repeat("]", 64));
        Assert.True(JsonText.TryParse(Encoding.UTF8.GetBytes(deep), out var payload, out _));
        var envelope = new CommandEnvelope
        {
            Tenant = "t",
            RequestId = "r",
            CommandId = "c",
            Command = Create(Level("ana")),
            Snapshot = new Snapshot { Number = 1, Title = "T", Requester = Human("rita"), Payload = payload, PayloadHash = Hash, TakenAt = Start },
        };
        Assert.Equal(payload, SameAfterwards(envelope, ChainJson.Envelope).Snapshot!.Payload);
    }

    public static TheoryData<Command> Commands => [.. Matrix.Commands];

    [Theory]
    [MemberData(nameof(Commands), DisableDiscoveryEnumeration = true)]
    public void Every_command_travels(Command command)
    {
        var back = SameAfterwards(command with { ActsFor = ["ana"] }, ChainJson.Command);
        Assert.Equal(command.GetType(), back.GetType());
    }

    [Fact]
    public void Enums_are_written_by_their_words_and_actors_never_by_omission()
    {
        var json = JsonSerializer.Serialize(Story.Of(Level("ana")).State, ChainJson.State);
        Assert.Contains("\"status\":\"in_review\"", json, StringComparison.Ordinal);
        Assert.Contains("\"requester\":{\"id\":\"rita\",\"type\":\"human\"}", json, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"command":"submit","by":{"id":"rita","name":"Rita"}}""", ChainJson.Command));
    }

    private static T SameAfterwards<T>(T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.Serialize(value, type);
        var back = JsonSerializer.Deserialize(json, type)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, type));
        // Nothing was lost in the compact form either: written in full, both are the same.
        Assert.True(JsonNode.DeepEquals(Full(value), Full(back)), json);
        return back;
    }

    private static JsonNode? Full<T>(T value) => JsonSerializer.SerializeToNode(value, Everything);

    private static readonly JsonSerializerOptions Everything = new() { MaxDepth = 256 };
}
