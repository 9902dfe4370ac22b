using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>A request in a list.</summary>
public sealed record RequestSummary
{
    public required string Id { get; init; }
    public RequestOrigin Origin { get; init; }
    public required string RequestType { get; init; }
    public required string ActionType { get; init; }
    public required string Title { get; init; }
    public required RequestStatus Status { get; init; }
    public required ActorRef Requester { get; init; }
    public required Subject Subject { get; init; }
    /// <summary>Of the snapshot under decision; null where the list was written before it was kept.</summary>
    public string? PayloadHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public int CurrentLevel { get; init; }
    public string? LevelName { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public long Version { get; init; }

    /// <summary>Due is what waits for people now; a level that is over, or not entered yet, is not due.</summary>
    public static RequestSummary Of(RequestState state, string title)
    {
        var level = state.CurrentLevel > 0 && state.CurrentLevel <= state.Levels.Length ? state.Levels[state.CurrentLevel - 1] : null;
        return new RequestSummary
        {
            Id = state.Id,
            Origin = state.Origin,
            RequestType = state.RequestType,
            ActionType = state.ActionType,
            Title = title,
            Status = state.Status,
            Requester = state.Requester,
            Subject = state.Subject,
            PayloadHash = state.PayloadHash,
            CreatedAt = state.CreatedAt,
            DecidedAt = state.DecidedAt,
            CurrentLevel = state.CurrentLevel,
            LevelName = level?.Definition.Name,
            DueAt = Chain.IsOpen(state) ? level?.DueAt : null,
            Version = state.Version,
        };
    }
}
