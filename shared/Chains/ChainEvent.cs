using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Chains;

/// <summary>A fact about a request. Replaying a request's events gives its state.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Requested), "requested")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(LevelEntered), "levelEntered")]
[JsonDerivedType(typeof(LevelSkipped), "levelSkipped")]
[JsonDerivedType(typeof(AutoApproved), "autoApproved")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(LevelApproved), "levelApproved")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(ChangesRequested), "changesRequested")]
[JsonDerivedType(typeof(Resubmitted), "resubmitted")]
[JsonDerivedType(typeof(Reminded), "reminded")]
[JsonDerivedType(typeof(Escalated), "escalated")]
[JsonDerivedType(typeof(OverdueReported), "overdueReported")]
[JsonDerivedType(typeof(Reassigned), "reassigned")]
[JsonDerivedType(typeof(ApproverAdded), "approverAdded")]
[JsonDerivedType(typeof(GivenUp), "givenUp")]
[JsonDerivedType(typeof(Commented), "commented")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(Overridden), "overridden")]
[JsonDerivedType(typeof(ExecutionClaimed), "executionClaimed")]
[JsonDerivedType(typeof(ExecutionReported), "executionReported")]
public abstract record ChainEvent
{
    public required DateTimeOffset At { get; init; }

    public required ActorRef By { get; init; }

    /// <param name="State">The draft as created, version 0.</param>
    public sealed record Requested(RequestState State) : ChainEvent;

    /// <param name="Plan">As <see cref="Command.Submit"/> brought it.</param>
    /// <param name="Snapshot">The one under decision.</param>
    /// <param name="Barred">Who made the token with which the requester did so (<see cref="Actor.TokenMaker"/>); null: nobody.</param>
    public sealed record Submitted(ChainPlan? Plan = null, int Snapshot = 1, string? Barred = null) : ChainEvent;

    public sealed record LevelEntered(
        int Level, ImmutableArray<GroupState> Groups, DateTimeOffset DueAt, ImmutableArray<DateTimeOffset> RemindersDue, string? ConditionFault)
        : ChainEvent;

    /// <param name="Fallback">The level that is added after the last one, since nobody would have been asked; else null.</param>
    public sealed record LevelSkipped(int Level, LevelDefinition? Fallback = null) : ChainEvent;

    /// <param name="Rule">The rule's text, or "auto-approved on timeout".</param>
    public sealed record AutoApproved(int Level, string Rule) : ChainEvent;

    /// <param name="Person">Whose place was answered.</param>
    /// <param name="OnBehalfOf">The same person where the answer came from somebody acting for them, else null.</param>
    /// <param name="Input">As <see cref="Command.Approve"/> brought it.</param>
    /// <param name="Assurance">How the human who answered was recognised.</param>
    public sealed record Approved(int Level, string Person, string? OnBehalfOf, string? Comment, string? Input = null, Assurance? Assurance = null) : ChainEvent;

    /// <param name="Final">The request is rejected with it; false where the level can still be approved.</param>
    /// <param name="Person">Whose place was answered; "system" for a rejection on timeout.</param>
    /// <param name="Assurance">As with <see cref="Approved"/>; null for a rejection on timeout.</param>
    public sealed record Rejected(int Level, string Person, string? OnBehalfOf, string Reason, bool Final, Assurance? Assurance = null) : ChainEvent;

    public sealed record LevelApproved(int Level) : ChainEvent;

    /// <summary>The whole request is approved.</summary>
    /// <param name="GrantExpiresAt">Until when it may be executed once; null for all but the gate's requests.</param>
    public sealed record Completed(DateTimeOffset? GrantExpiresAt) : ChainEvent;

    public sealed record ChangesRequested(int Level, string Person, string? OnBehalfOf, string? Comment) : ChainEvent;

    /// <param name="Plan">As <see cref="Command.Resubmit"/> brought it.</param>
    /// <param name="Barred">As with <see cref="Submitted"/>.</param>
    public sealed record Resubmitted(int Snapshot, string PayloadHash, ChainPlan? Plan = null, string? Barred = null) : ChainEvent;

    public sealed record Reminded(int Level, DateTimeOffset DueAt) : ChainEvent;

    /// <summary>Status goes to escalated; the <see cref="LevelEntered"/> that follows hands the level to the targets.</summary>
    public sealed record Escalated(int Level, ImmutableArray<Candidate> Targets, string Reason, bool TimedOut) : ChainEvent;

    public sealed record OverdueReported : ChainEvent;

    public sealed record Reassigned(int Level, string From, Candidate To, string? Reason) : ChainEvent
    {
        /// <summary>Indexes of the groups, from 0, that don't name the new holder and need one approval more for it.</summary>
        public ImmutableArray<int> RaisedIn { get; init => field = value.OrEmpty(); } = [];
    }

    /// <param name="Group">Index of the group, from 0.</param>
    /// <param name="Raised">The group does not name them, and needs one approval more for it.</param>
    public sealed record ApproverAdded(int Level, int Group, Candidate To, string? Reason, bool Raised = false) : ChainEvent;

    /// <summary>The places of somebody who may act no more are given up.</summary>
    /// <param name="Groups">The level's groups from now on.</param>
    /// <param name="Added">Escalation targets and fallback approvers who are asked instead, where nobody was left.</param>
    public sealed record GivenUp(int Level, string Person, ImmutableArray<GroupState> Groups, ImmutableArray<Candidate> Added) : ChainEvent;

    public sealed record Commented(string Text) : ChainEvent;

    public sealed record Withdrawn(string? Reason) : ChainEvent;

    public sealed record Expired(int Level) : ChainEvent;

    /// <param name="Count">Overrides so far, this one included.</param>
    /// <param name="DueAt">The level's new due time.</param>
    public sealed record Overridden(int Level, string Reason, int Count, DateTimeOffset DueAt, ImmutableArray<DateTimeOffset> RemindersDue)
        : ChainEvent;

    public sealed record ExecutionClaimed(string ExecutionId) : ChainEvent;

    public sealed record ExecutionReported(string ExecutionId, ExecutionOutcome Outcome) : ChainEvent;
}
