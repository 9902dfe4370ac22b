using Approvals.Actors;

namespace Approvals.Chains.State;

/// <summary>One approver's place in a group: whose authority it is, who was asked, who answered.</summary>
public sealed record ApproverState
{
    /// <summary>The person whose authority this place is.</summary>
    public required string Person { get; init; }

    /// <summary>The delegate or substitute it was routed to when the level was entered, if any; <see cref="Person"/> may still act.</summary>
    public string? RoutedTo { get; init; }

    public ApproverStatus Status { get; init; } = ApproverStatus.Waiting;

    /// <summary>The human who answered: <see cref="Person"/> or somebody acting for them.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Comment { get; init; }

    /// <summary>How the human who answered was recognised.</summary>
    public Assurance? Assurance { get; init; }

    /// <summary>The person shown in this place: who answered, else who was asked.</summary>
    public string Shown => DecidedBy ?? RoutedTo ?? Person;

    /// <summary>Set where <see cref="Shown"/> is not <see cref="Person"/>: "Bo for Ana".</summary>
    public string? OnBehalfOf => Shown == Person ? null : Person;
}
