using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Policies.Simulation;

/// <summary>The last gate calls as the trail keeps them, with the payloads of their requests' snapshots.</summary>
public sealed class RecordedChecks(IAuditStore audit, IRequestStore requests)
{
    /// <summary>At most this many are replayed.</summary>
    public const int Most = 1000;

    private const int PageSize = 200;

    /// <summary>Newest first.</summary>
    public ValueTask<ImmutableArray<RecordedCheck>> LastAsync(TenantSnapshot tenant, int count, CancellationToken cancellation) =>
        LastAsync(tenant, count, null, null, cancellation);

    /// <summary>The last ones of a time, newest first.</summary>
    /// <param name="from">Inclusive; null: from the beginning.</param>
    /// <param name="to">Exclusive; null: until now.</param>
    public async ValueTask<ImmutableArray<RecordedCheck>> LastAsync(
        TenantSnapshot tenant, int count, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<RecordedCheck>();
        var query = new AuditQuery { Tenant = tenant.Settings.Id, Action = AuditAction.GateChecked, From = from, To = to };
        string? cursor = null;
        do
        {
            var page = await audit.QueryAsync(query, new PageRequest(Math.Min(PageSize, count - found.Count), cursor), cancellation);
            foreach (var entry in page.Items)
            {
                if (await ReadAsync(tenant, AuditFields.Read(entry), cancellation) is { } check)
                {
                    found.Add(check);
                }
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null && found.Count < count);
        return found.ToImmutable();
    }

    private async ValueTask<RecordedCheck?> ReadAsync(TenantSnapshot tenant, AuditFields entry, CancellationToken cancellation)
    {
        var payload = entry.Payload;
        if (payload is null && entry.RequestId is { } requestId)
        {
            payload = (await requests.FindSnapshotAsync(tenant.Settings.Id, requestId, 1, cancellation))?.Payload;
        }
        if (payload is null || entry.ActionType is null || entry.SubjectType is null || entry.SubjectId is null)
        {
            return null;
        }
        var check = new GateCheck
        {
            ActionType = entry.ActionType,
            Actor = tenant.Directory.Find(entry.ActorId)?.ToActor() ?? Unknown(entry),
            Subject = new Subject(entry.SubjectType, entry.SubjectId),
            Payload = payload.Value,
        };
        return new RecordedCheck(check, entry.RequestId is not null, entry.At, entry.RequestId, entry.Id);
    }

    private static Actor Unknown(AuditFields entry) => new()
    {
        Id = entry.ActorId,
        Name = entry.ActorName,
        Type = entry.ActorType switch
        {
            "agent" => ActorType.Agent,
            "system" => ActorType.System,
            _ => ActorType.Human,
        },
    };
}
