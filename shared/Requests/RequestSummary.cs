using Approvals.Actors;
using Approvals.Chains;

namespace Approvals.Requests;

/// <summary>A request in a list.</summary>
public sealed record RequestSummary
{
    public required string Id { get; init; }
    public required string RequestType { get; init; }
    public required string ActionType { get; init; }
    public required string Title { get; init; }
    public required RequestStatus Status { get; init; }
    public required ActorRef Requester { get; init; }
    public required Subject Subject { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public int CurrentLevel { get; init; }
    public string? LevelName { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public long Version { get; init; }
}
