using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Actors;

namespace Approvals.Chains.Levels;

/// <summary>One step of a chain, as a policy or a direct request wrote it. Pinned when a request starts.</summary>
public sealed record LevelDefinition
{
    public const int DefaultRespondWithinHours = 48;

    public required string Name { get; init; }

    /// <summary>At least one; all groups must pass.</summary>
    public required ImmutableArray<GroupDefinition> Groups { get; init => field = value.OrEmpty(); }

    public RejectionRule Rejection { get; init; } = RejectionRule.Veto;

    /// <summary>Never decided automatically, neither by rule nor on timeout.</summary>
    public bool HumanOnly { get; init; }

    /// <summary>How surely whoever answers must have been recognised: interactive or passkey. Null: no matter.</summary>
    public Assurance? Assurance { get; init; }

    /// <summary>Condition text; the level is skipped where it is false. Null: always asked.</summary>
    public string? When { get; init; }

    /// <summary>Condition texts; the first that is true approves the level without a human.</summary>
    public ImmutableArray<string> AutoApprove { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Time to respond: working time where <see cref="Calendar"/> is set, else wall clock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TimeSpan RespondWithin { get; init; } = TimeSpan.FromHours(DefaultRespondWithinHours);

    /// <summary>Working days of <see cref="Calendar"/> to respond, in place of <see cref="RespondWithin"/>, which then has as many days of 24 hours. 0: that one counts.</summary>
    public int RespondWithinDays { get; init; }

    /// <summary>Time after entering the level at which reminders go out, ascending.</summary>
    public ImmutableArray<TimeSpan> RemindAfter { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Further reminders, in working days of <see cref="Calendar"/>, ascending.</summary>
    public ImmutableArray<int> RemindAfterDays { get; init => field = value.OrEmpty(); } = [];

    public BusinessCalendar? Calendar { get; init; }

    /// <summary>Null: escalate where there is somebody to escalate to, else expire.</summary>
    public TimeoutAction? OnTimeout { get; init; }

    public ImmutableArray<string> EscalateTo { get; init => field = value.OrEmpty(); } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int MaxEscalations { get; init; } = 1;
}
