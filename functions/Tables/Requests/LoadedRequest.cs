using Approvals.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>What was read of a request's partition at once.</summary>
/// <param name="Row">Null: there is no such request.</param>
/// <param name="Snapshot">The one under decision.</param>
/// <param name="Command">The row of the command that was asked for, staged or with its receipt.</param>
internal sealed record LoadedRequest(RequestRow? Row, Snapshot? Snapshot, TableEntity? Command)
{
    public StoredRequest? Stored => Row is null || Snapshot is null ? null : new StoredRequest(Row.State, Snapshot, Row.Head);
}
