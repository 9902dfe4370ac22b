using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Inbox;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tokens;

namespace Approvals.Directory;

/// <summary>
/// Ends what somebody had who may act no more: delegations in both directions, tokens, and the places that wait for them. Repeatable at every step;
/// what they were given after they had come back stays.
/// </summary>
public sealed class Departure(IDelegationStore delegations, IRequestStore requests, IRequestEngine engine, TimeProvider time, ITokenStore? tokens = null)
{
    private const int PageSize = 100;

    /// <summary>Whether anything is left to end.</summary>
    /// <inheritdoc cref="EndAsync"/>
    public async ValueTask<bool> IsDueAsync(string tenant, string person, DateTimeOffset at, CancellationToken cancellation) =>
        await DelegationsAsync(tenant, person, at, cancellation).AnyAsync(cancellation)
        || !(await TokensAsync(tenant, person, at, cancellation)).IsEmpty
        || await PlacesAsync(tenant, person, cancellation).AnyAsync(cancellation);

    /// <param name="person">Their identity.</param>
    /// <param name="at">When they left, UTC.</param>
    public async ValueTask EndAsync(string tenant, string person, DateTimeOffset at, CancellationToken cancellation)
    {
        await foreach (var delegation in DelegationsAsync(tenant, person, at, cancellation))
        {
            var now = time.GetUtcNow();
            var ended = delegation with { EndedAt = now };
            var entry = DelegationCompletion.Entry(tenant, ended, AuditAction.DelegationEnded, Actor.System, null, Origin.Internal, now);
            await delegations.SaveAsync(
                tenant, ended, [entry with { Reason = Chain.NoLongerThere }], [DelegationRequest.Changed(tenant, ended, "ended", now)], cancellation);
        }
        foreach (var token in await TokensAsync(tenant, person, at, cancellation))
        {
            var now = time.GetUtcNow();
            var entry = TokenIssue.Entry(token, AuditAction.TokenRevoked, Actor.System, Origin.Internal, now);
            await tokens!.RevokeAsync(tenant, token.Id, now, entry with { Reason = Chain.NoLongerThere }, cancellation);
        }
        await foreach (var request in PlacesAsync(tenant, person, cancellation))
        {
            await engine.SendAsync(GiveUp(tenant, request, person, at), cancellation);
        }
    }

    private async IAsyncEnumerable<Delegation> DelegationsAsync(
        string tenant, string person, DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = new PageRequest(PageSize, null); ;)
        {
            var found = await delegations.ListAsync(tenant, person, page, cancellation);
            foreach (var delegation in found.Items.Where(each => each.EndedAt is null && each.CreatedAt <= at))
            {
                yield return delegation;
            }
            if (found.NextCursor is null)
            {
                yield break;
            }
            page = page with { Cursor = found.NextCursor };
        }
    }

    private async ValueTask<ImmutableArray<ApiToken>> TokensAsync(string tenant, string person, DateTimeOffset at, CancellationToken cancellation) => tokens is null
        ? []
        : [.. (await tokens.ListAsync(tenant, cancellation)).Where(token => token.Person == person && token.RevokedAt is null && token.CreatedAt <= at)];

    private async IAsyncEnumerable<string> PlacesAsync(string tenant, string person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new InboxQuery { Tenant = tenant, Authorities = [new InboxAuthority(person, [ActionPattern.All])], Now = time.GetUtcNow() };
        for (var page = new PageRequest(PageSize, null); ;)
        {
            var found = await requests.InboxAsync(query, page, cancellation);
            foreach (var request in found.Items)
            {
                yield return request.Id;
            }
            if (found.NextCursor is null)
            {
                yield break;
            }
            page = page with { Cursor = found.NextCursor };
        }
    }

    private static CommandEnvelope GiveUp(string tenant, string request, string person, DateTimeOffset at) => new()
    {
        Tenant = tenant,
        RequestId = request,
        CommandId = $"departure-{person}-{at.UtcTicks}",
        Command = new Command.GiveUp(person) { By = Actor.System },
    };
}
