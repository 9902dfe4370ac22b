using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Outbox;

/// <summary>What the bodies of one transition's events draw on.</summary>
internal sealed class EventContext(RequestState after, Snapshot snapshot)
{
    private ImmutableArray<string> _waitingFor;

    public RequestState After => after;

    public Snapshot Snapshot => snapshot;

    /// <summary>Whose answer is wanted once the transition is done.</summary>
    public ImmutableArray<string> WaitingFor => _waitingFor.IsDefault ? _waitingFor = Involvement.Asked(after) : _waitingFor;

    /// <summary>The decision that came last in this transition, an automatic one too.</summary>
    public ChainEvent? LastDecision { get; private set; }

    public void Follow(ChainEvent happened)
    {
        if (happened is ChainEvent.Approved or ChainEvent.AutoApproved)
        {
            LastDecision = happened;
        }
    }

    /// <summary>Whether the delegate was told of the place before they answered it.</summary>
    public bool WasRouted(int level, string person, string delegated) =>
        after.Levels[level - 1].Groups.Any(group => group.Approvers.Any(
            place => place.Person == person && place.DecidedBy == delegated && place.RoutedTo == delegated));
}
