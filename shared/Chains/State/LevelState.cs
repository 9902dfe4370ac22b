using System.Collections.Immutable;
using Approvals.Chains.Levels;

namespace Approvals.Chains.State;

/// <summary>A level of one request: its pinned definition and what became of it.</summary>
public sealed record LevelState
{
    public required LevelDefinition Definition { get; init; }

    public LevelStatus Status { get; init; } = LevelStatus.Waiting;

    /// <summary>Empty until the level is entered.</summary>
    public ImmutableArray<GroupState> Groups { get; init => field = value.OrEmpty(); } = [];

    public DateTimeOffset? EnteredAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Reminder times still to come, ascending.</summary>
    public ImmutableArray<DateTimeOffset> RemindersDue { get; init => field = value.OrEmpty(); } = [];

    public int Escalations { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }
}
