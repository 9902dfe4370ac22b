using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>
/// Adds, changes and removes people, where the directory is the service's own. Whoever leaves loses what they had at once; what gives somebody authority to
/// decide waits for a second administrator, where there is one.
/// </summary>
public sealed class DirectoryChanges(ITenantCatalog catalog, Gatekeeper gate, DirectoryCompletion completion, TimeProvider time)
{
    /// <summary>Whether people can be changed here at all.</summary>
    public bool IsOurs => completion.IsOurs;

    /// <param name="said">The person as the caller wants them; <see cref="Person.Id"/> is the id in the directory, or an identity as answers show it.</param>
    /// <param name="requestId">Id of the request, should one be started.</param>
    public async ValueTask<DirectoryResult> PutAsync(Caller caller, Origin origin, Person said, string requestId, CancellationToken cancellation)
    {
        var tenant = await TenantAsync(caller, cancellation);
        var before = tenant.Directory.Meant(said.Id);
        var id = before?.Id ?? tenant.Directory.NewId(said.Id);
        if ((said.Subjects ?? []).FirstOrDefault(subject => tenant.Directory.HasOther(subject, id)) is { } taken)
        {
            return new DirectoryResult(before, said) { Refusal = new(RefusalCode.InvalidState, Phrase.With(Texts.WrongLinkedTwice, taken)) };
        }
        var after = said with
        {
            Id = id,
            ReusedId = before is not null ? before.ReusedId : id == said.Id ? null : said.Id,
            Manager = Identity(tenant.Directory, said.Manager),
            Substitute = Identity(tenant.Directory, said.Substitute),
        };
        return await ChangeAsync(caller with { Tenant = tenant }, origin, before, after.Since(before, caller.Id, time.GetUtcNow()), requestId, cancellation);
    }

    /// <summary>Null: there is no such person.</summary>
    public async ValueTask<DirectoryResult?> RemoveAsync(Caller caller, Origin origin, string id, CancellationToken cancellation)
    {
        var tenant = await TenantAsync(caller, cancellation);
        return tenant.Directory.Meant(id) is { } before
            ? await ChangeAsync(caller with { Tenant = tenant }, origin, before, before.Gone(caller.Id, time.GetUtcNow()), "", cancellation)
            : null;
    }

    private async ValueTask<DirectoryResult> ChangeAsync(
        Caller caller, Origin origin, Person? before, Person after, string requestId, CancellationToken cancellation)
    {
        if (after.Id == caller.Id && !after.MayAct)
        {
            return new DirectoryResult(before, after) { Refusal = new(RefusalCode.InvalidState, Texts.RefusedRemoveSelf) };
        }
        var now = time.GetUtcNow();
        var gainers = DirectoryAuthority.Gainers(caller.Tenant, before, after, caller.Id, now);
        if (!gainers.IsEmpty && !DirectoryAuthority.IsOnly(caller.Tenant, caller.Id, now))
        {
            var call = new GateCall
            {
                ActionType = DirectoryAuthority.ChangeAction,
                Subject = DirectoryRequest.Subject(after),
                Payload = DirectoryRequest.Payload(before, after),
                Title = Phrase.With(Texts.DirectoryChangeTitle, after.Name),
                Origin = RequestOrigin.Service,
                Barred = gainers,
                Reopen = true,
                RequestId = requestId,
            };
            var result = await gate.CheckAsync(caller, origin, call, cancellation);
            if (result.Refusal is not null)
            {
                return new DirectoryResult(before, after) { Refusal = result.Refusal };
            }
            if (result.Request is { } request)
            {
                // One that was approved already, and whose event is over, is made now.
                await completion.CompleteAsync(request, cancellation);
                return new DirectoryResult(before, after) { Request = request };
            }
        }
        return await completion.ApplyAsync(caller.TenantId, before, after, caller.Actor, null, origin, cancellation)
            ? new DirectoryResult(before, after)
            : new DirectoryResult(before, after) { Refusal = new(RefusalCode.InvalidState, Texts.RefusedPersonChanged) };
    }

    private async ValueTask<TenantSnapshot> TenantAsync(Caller caller, CancellationToken cancellation) =>
        await catalog.FindAsync(caller.TenantId, cancellation) ?? caller.Tenant;

    private static string? Identity(DirectorySnapshot directory, string? named) => named is null ? null : directory.Meant(named)?.Id ?? named;
}

/// <summary>What became of a change to a person.</summary>
/// <param name="Before">Null: they are new.</param>
/// <param name="After">As they are now, or will be; not stored where refused.</param>
public sealed record DirectoryResult(Person? Before, Person After)
{
    /// <summary>The request that decides, where one does.</summary>
    public StoredRequest? Request { get; init; }

    public Refusal? Refusal { get; init; }
}
