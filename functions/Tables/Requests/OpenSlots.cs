using System.Globalization;
using Approvals.Chains;
using Approvals.Requests;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>
/// The places that an agent's open requests of one action type have: as many as <see cref="OpenLimit"/> allows, each a row that names its request. A request is
/// started only with a place of its own, and a place is added, or taken over under its ETag, by one caller alone. So however many workers there are, no more
/// requests are open than there are places. Nothing is written when a request is settled: its place is found by the next who looks for one.
/// </summary>
/// <remarks>
/// Beyond the limit is only a settled request that an override opens again, and one whose creation took more than <see cref="AbandonedAfter"/> from its place to its
/// staged command.
/// </remarks>
internal sealed class OpenSlots(TableClient table, RequestTable requests, RecentRequests recent, OpenLimit limit, TimeProvider time)
{
    /// <summary>A place without request or command: whoever took it died before it began.</summary>
    public static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(1);

    /// <summary>Agents and action types whose places are remembered.</summary>
    private const int MaxRemembered = 1000;

    private const int MaxLooksAtOnce = 32;

    private const string First = "s";

    private readonly Recent<string, Slots> remembered = new(MaxRemembered);

    /// <summary>False: as many others are open as may be.</summary>
    public async Task<bool> TakeAsync(Command.Create create, CancellationToken cancellation)
    {
        var slots = remembered.FindOrPut(PartitionOf(create), () => new Slots());
        await slots.Turn.WaitAsync(cancellation);
        try
        {
            return await TakeAsync(slots, create, cancellation);
        }
        finally
        {
            slots.Turn.Release();
        }
    }

    /// <summary>After a refusal: the request will not be there.</summary>
    public async Task ReleaseAsync(Command.Create create, CancellationToken cancellation)
    {
        var slots = remembered.FindOrPut(PartitionOf(create), () => new Slots());
        await slots.Turn.WaitAsync(cancellation);
        try
        {
            if (slots.Find(create.RequestId) is { } slot)
            {
                await TryWriteAsync(slots, PartitionOf(create), slot with { Request = "" }, cancellation);
            }
        }
        finally
        {
            slots.Turn.Release();
        }
    }

    private async Task<bool> TakeAsync(Slots slots, Command.Create create, CancellationToken cancellation)
    {
        var partition = PartitionOf(create);
        while (true)
        {
            if (!slots.AreKnown)
            {
                await ReadAsync(slots, partition, cancellation);
            }

            if (await FreeAsync(slots, create, cancellation) is not { } free)
            {
                // A repeated creation is answered with its request, which may have been settled since and have lost its place.
                return await requests.FindAsync(create.Tenant, create.RequestId, cancellation) is not null;
            }

            if (free.Request == create.RequestId || await TryWriteAsync(slots, partition, free with { Request = create.RequestId }, cancellation))
            {
                return true;
            }

            // Another worker has changed something since the places were read.
            slots.AreKnown = false;
        }
    }

    /// <summary>
    /// Below the limit only the place held longest is looked at: in most cases its request is settled, and no further place is needed. Null: every request that
    /// has a place is open.
    /// </summary>
    private async Task<Slot?> FreeAsync(Slots slots, Command.Create create, CancellationToken cancellation)
    {
        if (slots.Find(create.RequestId) is { } own)
        {
            return own;
        }

        var hasRoom = slots.Count < limit.Most;
        foreach (var some in slots.Oldest(hasRoom ? 1 : slots.Count).Chunk(MaxLooksAtOnce))
        {
            var areOpen = await Task.WhenAll(some.Select(slot => IsOpenAsync(create.Tenant, slot, cancellation)));
            if (Array.IndexOf(areOpen, false) is >= 0 and var free)
            {
                return some[free];
            }
        }

        if (hasRoom && slots.Count > 0)
        {
            slots.PutLast(slots.Oldest(1)[0]);
        }

        return hasRoom ? new Slot(slots.Count, "", default, default) : null;
    }

    private async Task<bool> IsOpenAsync(string tenant, Slot slot, CancellationToken cancellation)
    {
        if (slot.Request.Length == 0)
        {
            return false;
        }

        if (recent.Find(RequestRows.PartitionOf(tenant, slot.Request))?.Row is { } known && !OpenLimit.Counts(known.State))
        {
            return false;
        }

        return await requests.FindAsync(tenant, slot.Request, cancellation) is { } row
            ? OpenLimit.Counts(row.State)
            : time.GetUtcNow() - slot.At < AbandonedAfter || (await requests.OpenCommandsAsync(tenant, slot.Request, cancellation)).Count > 0;
    }

    private async Task ReadAsync(Slots slots, string partition, CancellationToken cancellation)
    {
        slots.Clear();
        foreach (var row in await table.ListAsync(partition, First, cancellation))
        {
            // Places beyond the limit are from before it was lowered.
            if (Of(row) is { } slot && slot.Number < limit.Most)
            {
                slots.PutLast(slot);
            }
        }

        slots.AreKnown = true;
    }

    private async Task<bool> TryWriteAsync(Slots slots, string partition, Slot slot, CancellationToken cancellation)
    {
        slot = slot with { At = time.GetUtcNow() };
        var row = new TableEntity(partition, $"{First}{TableKey.Separator}{slot.Number.ToString("D7", CultureInfo.InvariantCulture)}")
        {
            ["request"] = slot.Request,
            ["at"] = slot.At,
        };
        try
        {
            var response = slot.Tag == default
                ? await table.AddEntityAsync(row, cancellation)
                : await table.UpdateEntityAsync(row, slot.Tag, TableUpdateMode.Replace, cancellation);
            slots.PutLast(slot with { Tag = response.Headers.ETag ?? default });
            return true;
        }
        catch (RequestFailedException fault) when (fault.IsMissing() || fault.IsConflict())
        {
            return false;
        }
    }

    private static Slot Of(TableEntity row) => new(
        int.Parse(row.RowKey.AsSpan(First.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture),
        row.GetString("request"), row.GetDateTimeOffset("at")!.Value, row.ETag);

    private static string PartitionOf(Command.Create create) => $"!open|{TableKey.Of(create.Tenant, create.By.Id, create.ActionType)}";

    /// <param name="Request">The request whose place it is; empty: nobody's.</param>
    /// <param name="Tag">The default: there is no row yet.</param>
    private sealed record Slot(int Number, string Request, DateTimeOffset At, ETag Tag);

    /// <summary>What this process knows of one agent's places, longest held first, numbered from 0 without gaps. Used by who has the turn.</summary>
    private sealed class Slots
    {
        private readonly List<Slot> held = [];

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public bool AreKnown { get; set; }

        public int Count => held.Count;

        public List<Slot> Oldest(int count) => held.GetRange(0, Math.Min(count, held.Count));

        public Slot? Find(string request) => held.Find(slot => slot.Request == request);

        public void PutLast(Slot slot)
        {
            held.RemoveAll(other => other.Number == slot.Number);
            held.Add(slot);
        }

        public void Clear() => held.Clear();
    }
}
