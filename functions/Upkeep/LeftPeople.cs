using System.Collections.Concurrent;
using Approvals.Directory;
using Approvals.Ports;
using Approvals.Tenants;

namespace Approvals.Functions.Upkeep;

/// <summary>
/// Ends what people had who left a directory that somebody else keeps, and of whom therefore no event tells: each once in this process, some at a time.
/// </summary>
internal sealed class LeftPeople(Departure departure, TimeProvider time, IPeopleSource? source = null)
{
    private const int MostAtOnce = 50;

    private readonly ConcurrentDictionary<(string Tenant, string Person), bool> ended = new();

    public async Task EndAsync(TenantSnapshot tenant, CancellationToken cancellation)
    {
        var id = tenant.Settings.Id;
        if (source is null || await source.ReadAsync(id, cancellation) is null)
        {
            return;
        }
        foreach (var person in Left(tenant).Where(person => !ended.ContainsKey((id, person))).Take(MostAtOnce))
        {
            await departure.EndAsync(id, person, time.GetUtcNow(), cancellation);
            ended[(id, person)] = true;
        }
        foreach (var key in ended.Keys.Where(key => key.Tenant == id && tenant.Directory.Find(key.Person) is { MayAct: true }))
        {
            ended.TryRemove(key, out _);
        }
    }

    /// <summary>Those with delegations first, of whom Graph may know nothing any more.</summary>
    private static IEnumerable<string> Left(TenantSnapshot tenant) =>
        tenant.Delegations.All.SelectMany(lent => new[] { lent.Delegator, lent.Delegate }).Where(person => tenant.Directory.Find(person) is not { MayAct: true })
            .Concat(tenant.Directory.All.Where(person => !person.MayAct).Select(person => person.Id)).Distinct(StringComparer.Ordinal);
}
