using Approvals.Chains;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>Statuses as columns: fixed numbers, whatever becomes of the order of the enum.</summary>
internal static class StatusColumn
{
    public static long Of(RequestStatus status) => status switch
    {
        RequestStatus.Draft => 0,
        RequestStatus.Pending => 1,
        RequestStatus.InReview => 2,
        RequestStatus.ChangesRequested => 3,
        RequestStatus.Escalated => 4,
        RequestStatus.Approved => 5,
        RequestStatus.Rejected => 6,
        RequestStatus.Withdrawn => 7,
        RequestStatus.Expired => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "The status has no column value."),
    };

    public static RequestStatus Read(long column) => column switch
    {
        0 => RequestStatus.Draft,
        1 => RequestStatus.Pending,
        2 => RequestStatus.InReview,
        3 => RequestStatus.ChangesRequested,
        4 => RequestStatus.Escalated,
        5 => RequestStatus.Approved,
        6 => RequestStatus.Rejected,
        7 => RequestStatus.Withdrawn,
        8 => RequestStatus.Expired,
        _ => throw new InvalidDataException($"No status has the column value {column}."),
    };
}
