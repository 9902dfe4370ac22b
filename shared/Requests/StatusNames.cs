using Approvals.Chains;
using Approvals.Chains.Levels;

namespace Approvals.Requests;

/// <summary>The statuses of requests, levels and places as people read them; the API's words are for programs.</summary>
public static class StatusNames
{
    public static string Of(RequestStatus status) => status switch
    {
        RequestStatus.Draft => Texts.StatusDraft,
        RequestStatus.Pending => Texts.StatusPending,
        RequestStatus.InReview => Texts.StatusInReview,
        RequestStatus.ChangesRequested => Texts.StatusChangesRequested,
        RequestStatus.Escalated => Texts.StatusEscalated,
        RequestStatus.Approved => Texts.StatusApproved,
        RequestStatus.Rejected => Texts.StatusRejected,
        RequestStatus.Withdrawn => Texts.StatusWithdrawn,
        _ => Texts.StatusExpired,
    };

    public static string Of(LevelStatus status) => status switch
    {
        LevelStatus.Waiting => Texts.LevelWaiting,
        LevelStatus.Open => Texts.LevelOpen,
        LevelStatus.Approved => Texts.StatusApproved,
        LevelStatus.Rejected => Texts.StatusRejected,
        LevelStatus.Skipped => Texts.LevelSkipped,
        LevelStatus.Escalated => Texts.StatusEscalated,
        _ => Texts.StatusExpired,
    };

    public static string Of(ApproverStatus status) => status switch
    {
        ApproverStatus.Approved => Texts.PlaceApproved,
        ApproverStatus.Rejected => Texts.PlaceRejected,
        ApproverStatus.Reassigned => Texts.PlaceReassigned,
        _ => Texts.PlaceWaiting,
    };
}
