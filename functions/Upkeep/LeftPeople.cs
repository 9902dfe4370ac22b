using System.Collections.Concurrent;
using Approvals.Actors;
using Approvals.Directory;
using Approvals.Functions.Tables.Tenants;
using Approvals.Ports;
using Approvals.Tenants;

namespace Approvals.Functions.Upkeep;

/// <summary>
/// Ends what people had who left a directory that somebody else keeps, and of whom therefore no event tells: each once in this process, some at a time.
/// Administrators are told of those who had something, before it is ended.
/// </summary>
internal sealed class LeftPeople(Departure departure, TenantChanges changes, TimeProvider time, IPeopleSource? source = null)
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
            var now = time.GetUtcNow();
            if (await departure.IsDueAsync(id, person, now, cancellation))
            {
                await TellAsync(tenant, person, now);
                await departure.EndAsync(id, person, now, cancellation);
            }
            ended[(id, person)] = true;
        }
        foreach (var key in ended.Keys.Where(key => key.Tenant == id && tenant.Directory.Find(key.Person) is { MayAct: true }))
        {
            ended.TryRemove(key, out _);
        }
    }

    private async Task TellAsync(TenantSnapshot tenant, string person, DateTimeOffset now)
    {
        var id = tenant.Settings.Id;
        var after = tenant.Directory.Find(person) ?? new Person { Id = person, Name = person, Removed = true };
        var before = after with { Inactive = false, Removed = false };
        await changes.WriteAsync(
            id,
            _ => new ValueTask<bool>(true),
            changes: _ => true,
            [PersonRecord.Entry(id, before, after, Actor.System, Origin.Internal, now)],
            [DirectoryEvents.Changed(id, after, PersonRecord.Word(before, after), Actor.System.Id, now)]);
    }

    /// <summary>Those with delegations first, of whom Graph may know nothing any more.</summary>
    private static IEnumerable<string> Left(TenantSnapshot tenant) =>
        tenant.Delegations.All.SelectMany(lent => new[] { lent.Delegator, lent.Delegate }).Where(person => tenant.Directory.Find(person) is not { MayAct: true })
            .Concat(tenant.Directory.All.Where(person => !person.MayAct).Select(person => person.Id)).Distinct(StringComparer.Ordinal);
}
