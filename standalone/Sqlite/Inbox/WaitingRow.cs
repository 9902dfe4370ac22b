namespace Approvals.Standalone.Sqlite.Inbox;

/// <summary>A decision that waits for somebody.</summary>
/// <param name="Due">UTC ticks.</param>
/// <param name="Request">The request's number.</param>
internal readonly record struct WaitingRow(long Due, long Request, string Requester, string ActionType, string RequestType);
