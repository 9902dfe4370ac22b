namespace Approvals.Functions.Tables.Requests;

/// <summary>
/// Requests as this process committed them last, and the commands that it staged. A guess, since another process may have come between: whoever
/// decides by it commits under the tags of what it gives, and reads after a conflict.
/// </summary>
internal sealed class RecentRequests
{
    /// <summary>What belongs together comes within moments; each may have a payload of 256 KiB.</summary>
    private const int Most = 200;

    private readonly Recent<string, LoadedRequest> requests = new(Most);
    private readonly Recent<(string Partition, string CommandId), StagedRow> commands = new(Most);

    /// <summary>As it was committed by this process; null where it was not, or long ago.</summary>
    public LoadedRequest? Find(string partition) => requests.Find(partition);

    /// <summary>What a command that this process staged will probably find; null: it has to be read.</summary>
    public LoadedRequest? Guess(string partition, string commandId) => commands.Find((partition, commandId)) is not { } staged
        ? null
        : requests.Find(partition) is { } request
            ? request with { Command = staged.Row }
            : staged.Creates ? new LoadedRequest(null, null, staged.Row) : null;

    public void Committed(string partition, LoadedRequest request) => requests.Put(partition, request);

    public void Staged(string partition, string commandId, StagedRow row) => commands.Put((partition, commandId), row);

    public void Sent(string partition, string commandId)
    {
        if (commands.Find((partition, commandId)) is { } staged)
        {
            staged.Sent = true;
        }
    }

    public bool WasSent(string partition, string commandId) => commands.Find((partition, commandId)) is { Sent: true };
}
