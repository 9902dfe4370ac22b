using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

/// <summary>One decision as it unfolds: what was said so far, and the state that follows from it.</summary>
internal sealed class Course(RequestState state, DateTimeOffset now)
{
    private readonly ImmutableArray<ChainEvent>.Builder _events = ImmutableArray.CreateBuilder<ChainEvent>();

    public RequestState State { get; private set; } = state;

    public DateTimeOffset Now => now;

    public LevelState Level => Chain.CurrentLevel(State)!;

    public Course Add(ChainEvent happened)
    {
        State = Chain.Evolve(State, happened);
        _events.Add(happened);
        return this;
    }

    /// <summary>The level is passed; with the last one, the request is.</summary>
    public Course PassLevel()
    {
        Add(new ChainEvent.LevelApproved(State.CurrentLevel) { At = now, By = ActorRef.System });
        return CompleteAfterLast();
    }

    /// <summary>Only what the gate was asked is executed by whoever asked: nobody else gets a grant.</summary>
    public Course CompleteAfterLast() => State.CurrentLevel < State.Levels.Length
        ? this
        : Add(new ChainEvent.Completed(State.Origin == RequestOrigin.Gate ? Sla.BusinessTime.Add(now, State.GrantValidFor, null) : null)
        { At = now, By = ActorRef.System });

    public Decided Decided() => new(_events.DrainToImmutable(), null) { After = State };
}
