using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains.Json;
using Approvals.Outbox;
using Approvals.Requests;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>Reads the partitions of requests; every call is look-ups or one query within one partition.</summary>
internal sealed class RequestTable(TableClient table)
{
    public TableClient Client { get; } = table;

    /// <param name="commandId">Of a command to be read with it.</param>
    /// <remarks>
    /// The command is read after the head row: one that is carried out in between is found with its receipt, one that is carried out later changes
    /// the head row's tag, under which everything is committed.
    /// </remarks>
    public async Task<LoadedRequest> LoadAsync(string tenant, string requestId, string? commandId, CancellationToken cancellation)
    {
        var row = await RowAsync(tenant, requestId, RequestRow.Key, cancellation);
        var command = commandId is null ? null : await CommandAsync(tenant, requestId, commandId, cancellation);
        var snapshot = row is null
            ? null
            : RequestRow.SnapshotOf(row) ?? (await RowAsync(tenant, requestId, RequestRows.Snapshot, cancellation))?.Read("body", ChainJson.Snapshot);
        return new LoadedRequest(row is null ? null : RequestRow.Of(row), snapshot, command);
    }

    public async Task<RequestRow?> FindAsync(string tenant, string requestId, CancellationToken cancellation) =>
        await RowAsync(tenant, requestId, RequestRow.Key, cancellation) is { } row ? RequestRow.Of(row) : null;

    public Task<TableEntity?> CommandAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
        RowAsync(tenant, requestId, StagedCommand.KeyOf(commandId), cancellation);

    /// <summary>The request as it is after a command, with the command's receipt; null: it is not carried out yet.</summary>
    public async Task<(LoadedRequest Request, Receipt Receipt)?> SettledAsync(
        string tenant, string requestId, string commandId, CancellationToken cancellation) =>
        await CommandAsync(tenant, requestId, commandId, cancellation) is { } row && StagedCommand.ReceiptOf(row) is { } receipt
            ? (await LoadAsync(tenant, requestId, null, cancellation), receipt)
            : null;

    /// <summary>Commands that are staged and not carried out.</summary>
    public async Task<IReadOnlyList<StagedCommand>> OpenCommandsAsync(string tenant, string requestId, CancellationToken cancellation) =>
        [.. (await Client.ListAsync(RequestRows.PartitionOf(tenant, requestId), StagedCommand.First, cancellation, "open eq true")).Select(StagedCommand.Of)];

    public async Task<Snapshot?> SnapshotAsync(string tenant, string requestId, int number, CancellationToken cancellation)
    {
        if ((await LoadAsync(tenant, requestId, null, cancellation)).Snapshot is { } snapshot && snapshot.Number == number)
        {
            return snapshot;
        }

        var row = await RowAsync(tenant, requestId, RequestRows.EarlierSnapshot(Math.Max(0, number)), cancellation);
        return row?.Read("body", ChainJson.Snapshot);
    }

    /// <summary>Entries of a request after a sequence number, in order. Their position is not known here; it is given as the sequence.</summary>
    public IAsyncEnumerable<StoredEntry> EntriesAsync(
        string tenant, string requestId, long after, CancellationToken cancellation, int? pageSize = null, long upTo = long.MaxValue) =>
        RangeAsync(tenant, requestId, RequestRows.EntryKey(after), RequestRows.EntryKey(upTo), pageSize, cancellation)
            .Select(row => Entry(requestId, row));

    public async Task<StoredEntry?> EntryAsync(string tenant, string requestId, long sequence, CancellationToken cancellation) =>
        await RowAsync(tenant, requestId, RequestRows.EntryKey(sequence), cancellation) is { } row ? Entry(requestId, row) : null;

    /// <summary>Without the entries that the chain has by their <see cref="AuditDraft.Once"/>.</summary>
    public async Task<ImmutableArray<AuditDraft>> NotThereAsync(
        string tenant, string requestId, ImmutableArray<AuditDraft> entries, CancellationToken cancellation)
    {
        var names = await Task.WhenAll(entries.Select(entry =>
            entry.Once is { } name ? RowAsync(tenant, requestId, RequestRows.OnceKey(name), cancellation) : Task.FromResult<TableEntity?>(null)));
        return [.. entries.Where((_, i) => names[i] is null)];
    }

    public IAsyncEnumerable<OutboxEvent> EventsAsync(string tenant, string requestId, long after, CancellationToken cancellation) =>
        RangeAsync(tenant, requestId, RequestRows.EventKey(after), RequestRows.EventKey(long.MaxValue), null, cancellation).Select(RequestRows.Event);

    private static StoredEntry Entry(string requestId, TableEntity row)
    {
        var sequence = RequestRows.Number(row);
        return new StoredEntry(sequence, requestId, sequence, row.Bytes("body"), row.GetString("hash"));
    }

    private AsyncPageable<TableEntity> RangeAsync(
        string tenant, string requestId, string above, string upTo, int? pageSize, CancellationToken cancellation)
    {
        var partition = RequestRows.PartitionOf(tenant, requestId);
        return Client.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {above} and RowKey le {upTo}"), pageSize, cancellationToken: cancellation);
    }

    private async Task<TableEntity?> RowAsync(string tenant, string requestId, string key, CancellationToken cancellation)
    {
        var found = await Client.GetEntityIfExistsAsync<TableEntity>(RequestRows.PartitionOf(tenant, requestId), key, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }
}
