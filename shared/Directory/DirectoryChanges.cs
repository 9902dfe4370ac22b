using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>Adds, changes and removes people, where the directory is the service's own. Whoever leaves loses what they had at once.</summary>
public sealed class DirectoryChanges(IDirectoryStore? store, ITenantCatalog catalog, Departure departure, TimeProvider time)
{
    /// <summary>Whether people can be changed here at all.</summary>
    public bool IsOurs => store is not null;

    /// <param name="said">The person as the caller wants them; <see cref="Person.Id"/> is the id in the directory, or an identity as answers show it.</param>
    public async ValueTask<DirectoryResult> PutAsync(Caller caller, Origin origin, Person said, CancellationToken cancellation)
    {
        var directory = await DirectoryAsync(caller, cancellation);
        var before = directory.Meant(said.Id);
        var id = before?.Id ?? directory.NewId(said.Id);
        var after = said with
        {
            Id = id,
            ReusedId = before is not null ? before.ReusedId : id == said.Id ? null : said.Id,
            Manager = Identity(directory, said.Manager),
            Substitute = Identity(directory, said.Substitute),
        };
        return await ChangeAsync(caller, origin, before, after.Since(before, caller.Id, time.GetUtcNow()), cancellation);
    }

    /// <summary>Null: there is no such person.</summary>
    public async ValueTask<DirectoryResult?> RemoveAsync(Caller caller, Origin origin, string id, CancellationToken cancellation) =>
        (await DirectoryAsync(caller, cancellation)).Meant(id) is { } before
            ? await ChangeAsync(caller, origin, before, before.Gone(caller.Id, time.GetUtcNow()), cancellation)
            : null;

    private async ValueTask<DirectoryResult> ChangeAsync(Caller caller, Origin origin, Person? before, Person after, CancellationToken cancellation)
    {
        if (after.Id == caller.Id && !after.MayAct)
        {
            return new DirectoryResult(before, after) { Refusal = new(RefusalCode.InvalidState, Texts.RefusedRemoveSelf) };
        }
        var now = time.GetUtcNow();
        var entry = PersonRecord.Entry(caller.TenantId, before, after, caller.Actor, origin, now);
        var left = before is { MayAct: true } && !after.MayAct;
        ImmutableArray<OutboxEvent> events =
            left ? [DirectoryEvents.Changed(caller.TenantId, after, PersonRecord.Word(before, after), caller.Id, now)] : [];
        if (!await store!.ChangeAsync(caller.TenantId, before, after, [entry], events, cancellation))
        {
            return new DirectoryResult(before, after) { Refusal = new(RefusalCode.InvalidState, Texts.RefusedPersonChanged) };
        }
        if (left)
        {
            await departure.EndAsync(caller.TenantId, after.Id, now, cancellation);
        }
        return new DirectoryResult(before, after);
    }

    private async ValueTask<DirectorySnapshot> DirectoryAsync(Caller caller, CancellationToken cancellation) =>
        (await catalog.FindAsync(caller.TenantId, cancellation) ?? caller.Tenant).Directory;

    private static string? Identity(DirectorySnapshot directory, string? named) => named is null ? null : directory.Meant(named)?.Id ?? named;
}

/// <summary>What became of a change to a person.</summary>
/// <param name="Before">Null: they are new.</param>
/// <param name="After">As they are now; not stored where refused.</param>
public sealed record DirectoryResult(Person? Before, Person After)
{
    public Refusal? Refusal { get; init; }
}
