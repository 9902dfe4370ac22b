using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains.State;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Requests;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Values;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Repairs tenants' orders of arrival in which entries of requests stand twice: a former version gave them places in two workers at once. Only pointers are
/// removed, and what was removed is recorded in the trail; the entries themselves are read, and never written. What follows from the pointers, lists and inboxes,
/// is made anew by <see cref="ProjectionRebuild"/>.
/// </summary>
internal sealed partial class TrailRepair(
    RequestTable requests, TenantTrail tenants, ICheckpointStore checkpoints, TableClient table, TimeProvider time, ILogger<TrailRepair> log)
{
    private const string SubjectType = "request";

    /// <summary>Repeatable; a trail without such entries is read, and left as it is.</summary>
    public async Task RunAsync(string tenant, CancellationToken cancellation)
    {
        var damaged = await DamagedAsync(tenant, cancellation);
        if (damaged.Count == 0)
        {
            return;
        }

        var places = await PlacesAsync(tenant, damaged, cancellation);
        var (covered, signed) = await CoveredAsync(tenant, damaged, cancellation);
        foreach (var requestId in damaged)
        {
            if (!await RepairAsync(tenant, requestId, places[requestId], [.. covered[requestId]], signed, cancellation))
            {
                NotRepaired(log, requestId);
            }
        }
    }

    /// <summary>Requests with an entry that comes again.</summary>
    private async Task<HashSet<string>> DamagedAsync(string tenant, CancellationToken cancellation)
    {
        var damaged = new HashSet<string>(StringComparer.Ordinal);
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var stretch in StretchesAsync(tenant, cancellation))
        {
            var end = ends.GetValueOrDefault(stretch.Request!);
            if (stretch.Sequence <= end)
            {
                damaged.Add(stretch.Request!);
            }

            ends[stretch.Request!] = Math.Max(end, stretch.Sequence + stretch.Count - 1);
        }

        return damaged;
    }

    private async Task<ILookup<string, TrailStretch>> PlacesAsync(string tenant, HashSet<string> of, CancellationToken cancellation) =>
        (await StretchesAsync(tenant, cancellation).Where(stretch => of.Contains(stretch.Request!)).ToListAsync(cancellation)).ToLookup(stretch => stretch.Request!);

    private IAsyncEnumerable<TrailStretch> StretchesAsync(string tenant, CancellationToken cancellation) => table
        .RowsAsync(TenantTrail.PartitionOf(tenant), TrailStretch.First, cancellation)
        .Select(TrailStretch.Of)
        .Where(stretch => stretch.Request is not null);

    private async Task<(ILookup<string, CoveredChain> Covered, long Signed)> CoveredAsync(string tenant, HashSet<string> of, CancellationToken cancellation)
    {
        var signed = 0L;
        var covered = new List<(string Chain, CoveredChain Part)>();
        await foreach (var checkpoint in checkpoints.ReadAsync(tenant, cancellation))
        {
            signed = checkpoint.ToPosition;
            covered.AddRange(checkpoint.Leaves
                .Where(leaf => of.Contains(leaf.Chain))
                .Select(leaf => (leaf.Chain, new CoveredChain(checkpoint.FromPosition, checkpoint.ToPosition, leaf.Sequence))));
        }

        return (covered.ToLookup(each => each.Chain, each => each.Part), signed);
    }

    /// <summary>False: the checkpoints leave no choice. A request that moved on meanwhile has its latest places in its own row.</summary>
    private Task<bool> RepairAsync(
        string tenant, string requestId, IEnumerable<TrailStretch> found, IReadOnlyList<CoveredChain> covered, long signed, CancellationToken cancellation) =>
        tenants.Of(tenant).WriteAsync(async batch =>
        {
            var loaded = await requests.LoadAsync(tenant, requestId, null, cancellation);
            var row = await batch.FindAsync(RequestIndex.KeyOf(requestId));
            var index = row is null ? null : RequestIndex.Of(row);
            var stretches = found.Union((index?.Stretches ?? []).Select(text => TrailStretch.Parse(requestId, text))).OrderBy(stretch => stretch.Position).ToList();
            foreach (var stretch in stretches.ToList())
            {
                if (await batch.FindAsync(TrailStretch.KeyOf(stretch.Last)) is not { } there || TrailStretch.Of(there) != stretch)
                {
                    stretches.Remove(stretch);
                }
            }

            if (loaded is not { Row: { } request, Snapshot: { } snapshot } || ArrivalOrder.Choose(stretches, covered, signed) is not { Count: > 0 } places)
            {
                return false;
            }

            var entries = await requests.EntriesAsync(tenant, requestId, 0, cancellation).Select(AuditFields.Read).ToListAsync(cancellation);
            var chosen = places.ToHashSet();
            var kept = ImmutableArray.CreateBuilder<TrailStretch>();
            var removed = ImmutableArray.CreateBuilder<Value>();
            foreach (var stretch in stretches)
            {
                var rest = ArrivalOrder.Rest(stretch, chosen);
                kept.AddRange(rest);
                if (!rest.Contains(stretch))
                {
                    Replace(batch, stretch, rest, entries);
                    removed.AddRange(Enumerable.Range(0, stretch.Count).Select(stretch.At).Where(place => !chosen.Contains(place))
                        .Select(place => Value.From($"{place.Position}: {place.Sequence}")));
                }
            }

            index = (index ?? RequestIndex.Unlisted(request, snapshot.Title)) with { Number = kept[0].Position, Sequence = places[^1].Sequence, Stretches = [.. kept.Select(stretch => stretch.ToText())] };
            batch.Put(index.Forgotten().Onto(batch.Row(RequestIndex.KeyOf(requestId))));
            TenantTrail.Append(batch, [Entry(request.State, removed.ToImmutable())]);
            return true;
        });

    private static void Replace(PartitionBatch batch, TrailStretch stretch, List<TrailStretch> rest, List<AuditFields> entries)
    {
        batch.Remove(TrailStretch.KeyOf(stretch.Last));
        TrailIndex.Remove(batch, stretch, Of(stretch, entries));
        foreach (var part in rest)
        {
            TenantTrail.Put(batch, part, Of(part, entries), isNew: false);
        }
    }

    private static List<AuditFields> Of(TrailStretch stretch, List<AuditFields> entries) =>
        [.. entries.Where(entry => entry.Sequence >= stretch.Sequence).Take(stretch.Count)];

    private AuditDraft Entry(RequestState state, ImmutableArray<Value> removed) => new()
    {
        Tenant = state.Tenant,
        At = time.GetUtcNow(),
        Actor = Actor.System,
        Action = AuditAction.TrailRepaired,
        Subject = new Subject(SubjectType, state.Id),
        Outcome = AuditOutcome.Ok,
        Details = [new("removedPlaces", Value.List([.. removed]))],
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Entries of request {RequestId} stand twice in the order of arrival, and checkpoints cover both: they stay as they are.")]
    private static partial void NotRepaired(ILogger logger, string requestId);
}
