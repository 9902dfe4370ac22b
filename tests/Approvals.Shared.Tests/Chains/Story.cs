using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.Sla;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Tests.Chains;

/// <summary>
/// A request as a test tells it: given a chain, when somebody does something, then this holds. Verbs expect to be accepted;
/// <see cref="Refuses"/> expects a refusal that changes nothing. Everything runs through <see cref="Transitions"/>, as in the hosts.
/// </summary>
internal sealed class Story
{
    private int _commands;

    public Desk Desk { get; } = new();

    public StoredRequest? Stored { get; private set; }

    public List<ChainEvent> History { get; } = [];

    public Transition Last { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; } = Make.Start;

    public RequestState State => Stored!.State;

    public RequestStatus Status => State.Status;

    public static Story Of(params LevelDefinition[] levels) => Of(Make.Create(levels));

    public static Story Of(Command.Create create, Action<Desk>? desk = null, bool submit = true)
    {
        var story = new Story();
        desk?.Invoke(story.Desk);
        story.Run(create, submit);
        Assert.Null(story.Last.Receipt.Refusal);
        return story;
    }

    public LevelState Level(int number) => State.Levels[number - 1];

    /// <summary>The places of a level's first group as "ana:waiting".</summary>
    public string Places(int level, int group = 0) =>
        string.Join(' ', Level(level).Groups[group].Approvers.Select(place => $"{place.Shown}:{place.Status.ToString().ToLowerInvariant()}"));

    public Story When(Command command)
    {
        Run(command, submit: false);
        Assert.True(Last.Receipt.Refusal is null, Last.Receipt.Refusal?.ToString());
        return this;
    }

    /// <summary>Takes whatever the answer is.</summary>
    public Story Try(Command command)
    {
        Run(command, submit: false);
        return this;
    }

    public Story Refuses(Command command, string code)
    {
        var before = Stored;
        Run(command, submit: false);
        Assert.Equal(code, Last.Receipt.Refusal?.Code);
        Assert.Equal(before, Stored);
        var entry = Assert.Single(Last.Audit);
        Assert.Equal((AuditOutcome.Refused, code), (entry.Outcome, entry.Code));
        return this;
    }

    public Story After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public Story Hours(double hours) => After(TimeSpan.FromHours(hours));

    public Story Approve(string person, params string[] actsFor) => When(new Command.Approve { By = Make.Human(person), ActsFor = [.. actsFor] });

    public Story Reject(string person, string reason = "too expensive", params string[] actsFor) =>
        When(new Command.Reject(reason) { By = Make.Human(person), ActsFor = [.. actsFor] });

    public Story TimeOut() => When(new Command.TimeOut(Desk.Resolve(State, State.CurrentLevel)) { By = Actor.System });

    public Story Remind() => When(new Command.Remind { By = Actor.System });

    public Story Override(string person = "olga", string reason = "agreed with the board") =>
        When(new Command.Override(reason) { By = Make.Human(person, Roles.Override) });

    public Story Then(RequestStatus status)
    {
        Assert.Equal(status, Status);
        return this;
    }

    /// <summary>The events of the last command, by name.</summary>
    public Story Says(params string[] events)
    {
        Assert.Equal(events, Last.Events.Select(happened => happened.GetType().Name));
        return this;
    }

    public T Event<T>()
        where T : ChainEvent => Assert.Single(Last.Events.OfType<T>());

    /// <summary>Carries out what is due, as a host does, until nothing is before <paramref name="end"/>.</summary>
    public Story LetTimePass(DateTimeOffset end)
    {
        for (var steps = 0; Schedule.Next(State) is { } due && due.At <= end; steps++)
        {
            Assert.True(steps < 50, $"{due} comes again and again");
            Now = due.At > Now ? due.At : Now;
            When(DueCommands.OfAsync(State, due.Kind, Now, Desk).AsTask().GetAwaiter().GetResult().Command);
        }
        Now = end;
        return this;
    }

    private void Run(Command command, bool submit)
    {
        var envelope = new CommandEnvelope
        {
            Tenant = "contoso",
            RequestId = "r1",
            CommandId = $"c{++_commands}",
            Command = command,
            Snapshot = command switch
            {
                Command.Create create => Snapshot(create.By, create.PayloadHash),
                Command.Resubmit resubmit => Snapshot(resubmit.By, resubmit.PayloadHash),
                _ => null,
            },
        };
        var running = Transitions.RunAsync(Stored, envelope, Now, Desk, submit);
        Last = running.AsTask().GetAwaiter().GetResult();
        History.AddRange(Last.Events);
        if (Last.After is { } after)
        {
            Stored = new StoredRequest(after, Last.Snapshot ?? Stored!.Snapshot, ChainHead.Empty);
        }
    }

    private Snapshot Snapshot(Actor requester, string hash) => new()
    {
        Number = 1,
        Title = "New laptops",
        Requester = requester,
        Payload = Value.Map(("amount", Value.From(900L))),
        PayloadHash = hash,
        TakenAt = Now,
    };
}
