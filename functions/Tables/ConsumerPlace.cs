using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Approvals.Outbox;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>
/// One consumer's partition: its cursor and what waits to be delivered again. What waits is read once and then kept in memory as well; the
/// cursor's version keeps out a process that has lost the lease.
/// </summary>
/// <param name="owner">Names this process in the cursor's row.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds nothing to free: nobody asks for its wait handle.")]
internal sealed partial class ConsumerPlace(TableClient table, string consumer, string owner, TimeProvider time)
{
    private const string Cursor = "cursor";
    private const string Waiting = "waiting";
    private const string Returned = "returned";

    /// <summary>How often what other processes brought back is looked for.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly string _partition = PartitionOf(consumer);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private WaitingDeliveries? _waiting;
    private ETag? _version;
    private long? _position;
    private bool _unwritten;
    private long _lookedAt;

    /// <summary>From memory once this process has moved it; before that it may be another's, and is read.</summary>
    public Task<long?> CursorAsync(CancellationToken cancellation) => AloneAsync(
        async () =>
        {
            if (_position is { } known)
            {
                return known;
            }

            var row = await FindCursorAsync(cancellation);
            _version = row?.ETag;
            return row?.GetInt64("Position");
        },
        cancellation);

    /// <summary>With nothing postponed, only memory changes, except for a consumer's first.</summary>
    /// <returns>Whether the cursor is still to be written.</returns>
    public Task<bool> AdvanceAsync(long position, ImmutableArray<Delivery> postponed, CancellationToken cancellation) => AloneAsync(
        async () =>
        {
            var waiting = await LoadAsync(cancellation);
            // Before they are written: should that fail, their requests' later events must not pass them.
            foreach (var delivery in postponed)
            {
                waiting.Set(delivery);
            }

            if (postponed.IsEmpty && _version is not null)
            {
                _position = position;
                return _unwritten = true;
            }

            await WriteAsync(position, postponed, cancellation);
            _position = position;
            return _unwritten = false;
        },
        cancellation);

    /// <summary>Writes the cursor where it is only in memory.</summary>
    public Task WriteAsync(CancellationToken cancellation) => AloneAsync(
        async () =>
        {
            if (_unwritten)
            {
                await WriteAsync(_position!.Value, [], cancellation);
                _unwritten = false;
            }

            return true;
        },
        cancellation);

    public Task<ImmutableArray<Delivery>> DueAsync(DateTimeOffset now, int most, CancellationToken cancellation) => AloneAsync(
        async () =>
        {
            var waiting = await LoadAsync(cancellation);
            if (time.GetElapsedTime(_lookedAt) >= LookEvery)
            {
                await TakeReturnedAsync(waiting, cancellation);
            }

            return waiting.Due(now, most);
        },
        cancellation);

    public Task<ImmutableHashSet<string>> BlockedAsync(IReadOnlyCollection<string> requestIds, CancellationToken cancellation) =>
        AloneAsync(async () => (await LoadAsync(cancellation)).Blocked(requestIds), cancellation);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation) =>
        AloneAsync(async () => (await LoadAsync(cancellation)).NextAt, cancellation);

    /// <summary>Keeps a delivery for another try.</summary>
    /// <returns>Whether it was known to wait before.</returns>
    public Task<bool> SaveAsync(Delivery delivery, CancellationToken cancellation) => AloneAsync(
        async () =>
        {
            var row = Row(delivery);
            if (_waiting is { } waiting)
            {
                var known = waiting.Has(delivery);
                await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
                waiting.Set(delivery);
                return known;
            }

            // The process that carries this consumer finds it by the second row.
            await table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.UpsertReplace, row),
                    new TableTransactionAction(
                        TableTransactionActionType.UpsertReplace, new TableEntity(_partition, TableKey.Of(Returned, delivery.EventId)) { ["Key"] = row.RowKey }),
                ],
                cancellation);
            return false;
        },
        cancellation);

    public Task RemoveAsync(Delivery delivery, CancellationToken cancellation) => AloneAsync(
        async () =>
        {
            await table.DeleteEntityAsync(_partition, KeyOf(delivery.EventId), ETag.All, cancellation);
            _waiting?.Remove(delivery);
            return true;
        },
        cancellation);

    /// <summary>Read from storage: whoever asks need not be who carries this consumer.</summary>
    public static async Task<Delivery?> FindAsync(TableClient table, string consumer, string eventId, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(consumer), KeyOf(eventId), cancellationToken: cancellation);
        return row.HasValue ? DeliveryRow.Read(row.Value!) : null;
    }

    private static string PartitionOf(string consumer) => TableKey.Of("consumer", consumer);

    private static string KeyOf(string eventId) => TableKey.Of(Waiting, eventId);

    private TableEntity Row(Delivery delivery) => DeliveryRow.Of(delivery, _partition, KeyOf(delivery.EventId));

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            _gate.Release();
        }
    }
}
