using Approvals.Actors;
using Approvals.Identities;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>
/// Binds a person to the key of the first sign-in under their user name, where the tenant wants that: once and for good, since names are given again
/// and keys never.
/// </summary>
public sealed class FirstSignIn(ITenantCatalog catalog, TimeProvider time, IDirectoryStore? store = null)
{
    /// <summary>Null: nobody was bound by this sign-in nor by another at the same time.</summary>
    /// <param name="who">Whom the directory does not have.</param>
    /// <param name="credential">What they signed in with.</param>
    public async ValueTask<Person?> BindAsync(TenantSnapshot tenant, SubjectIdentity who, Credential? credential, Origin origin, CancellationToken cancellation)
    {
        if (store is null || !tenant.Settings.LinkByUsername || who is not { Username: { } username, Subjects: [var key, ..] }
            || tenant.Directory.People.Where(person => IsNamed(person, username)).ToArray() is not [{ MayDecide: true, Linked: null, Subjects: null } before])
        {
            return null;
        }
        var now = time.GetUtcNow();
        var after = (before with { Linked = key }).Since(before with { Linked = null }, null, now);
        var by = after.ToActor(Assurance.Interactive) with { Credential = credential };
        var entry = PersonRecord.Entry(tenant.Settings.Id, before, after, by, origin, now);
        entry = entry with { Details = [.. entry.Details, new("linked", Value.From(key))] };
        return await store.ChangeAsync(tenant.Settings.Id, before, after, [entry], [], cancellation)
            ? after
            : (await catalog.FindAsync(tenant.Settings.Id, cancellation))?.Directory.Find(who);
    }

    private static bool IsNamed(Person person, string username) =>
        person.DirectoryId == username || username.Equals(person.Email, StringComparison.OrdinalIgnoreCase);
}
