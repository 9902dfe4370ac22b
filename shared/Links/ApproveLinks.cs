using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Tokens;
using Approvals.Types;
using Approvals.Values;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Links;

/// <summary>
/// Answers given by links. Opening changes nothing (mail scanners open links); deciding works once, while the request waits for that person
/// at that level.
/// </summary>
public sealed class ApproveLinks(
    LinkTokens tokens, ITenantCatalog catalog, IRequestStore requests, Decisions decisions, ApprovalTypes types, TimeProvider time)
{
    /// <summary>Null: expired, used, forged or overtaken; it is not told which.</summary>
    /// <param name="signedIn">Who has signed in, if anybody.</param>
    public async ValueTask<LinkView?> OpenAsync(string? token, Caller? signedIn, CancellationToken cancellation)
    {
        if (!tokens.TryRead(token, out var link) || link.ExpiresAt <= time.GetUtcNow()
            || await catalog.FindAsync(link.Tenant, cancellation) is not { } tenant
            || tenant.Directory.Find(link.Approver) is not { MayDecide: true } approver
            || await requests.FindAsync(link.Tenant, link.RequestId, cancellation) is not { } request
            || !Waits(tenant, request.State, link))
        {
            return null;
        }

        return new LinkView
        {
            Link = link,
            Request = request,
            Approver = approver,
            Tenant = tenant,
            Type = types.Of(request.State.RequestType),
            Payload = Masking.Apply(request.Snapshot.Payload, request.Snapshot.Sensitive),
            Access = AccessOf(tenant, link, request.State, signedIn),
        };
    }

    /// <param name="decision">
    /// Approve, reject or request changes; <see cref="Command.By"/> is set here. Where it does not say which payload was shown, it is that of the link's
    /// snapshot.
    /// </param>
    /// <param name="input">As <see cref="Decisions"/> takes it.</param>
    public async Task<LinkAnswer> DecideAsync(
        string? token, Command.Decision decision, Value? input, Caller? signedIn, Origin origin, CancellationToken cancellation)
    {
        if (await OpenAsync(token, signedIn, cancellation) is not { } view)
        {
            return LinkAnswer.Invalid;
        }

        if (view.Access != LinkAccess.Granted)
        {
            return new LinkAnswer(view.Access == LinkAccess.SignInRequired ? LinkOutcome.SignInRequired : LinkOutcome.SomebodyElse, null, []);
        }

        // A refusal would use the link up: what the person can mend is asked for before.
        if (decision is Command.Reject { Reason: var reason } && string.IsNullOrWhiteSpace(reason))
        {
            return new LinkAnswer(LinkOutcome.ReasonRequired, null, []);
        }

        var caller = signedIn ?? new Caller(view.Approver.ToActor(Assurance.Link), view.Tenant);
        decision = decision with { By = caller.Actor, PayloadHash = decision.PayloadHash ?? view.Request.State.PayloadHash };
        var made = await decisions.SendAsync(caller, origin, view.Link.RequestId, view.Link.CommandId, decision, input, cancellation);
        if (!made.InputFaults.IsEmpty)
        {
            return new LinkAnswer(LinkOutcome.InputInvalid, null, made.InputFaults);
        }

        if (made.Result?.Receipt?.Refusal is { Fields.IsEmpty: false })
        {
            return new LinkAnswer(LinkOutcome.CommentInvalid, null, []);
        }

        // A receipt from before the request stood as it was opened is that of the link's first use.
        return made.Result switch
        {
            { Receipt: null, Request: { } request } => new LinkAnswer(LinkOutcome.Accepted, request, []),
            { Receipt: { Refusal: null } receipt, Request: { } request } when receipt.Version > view.Request.State.Version => new LinkAnswer(LinkOutcome.Decided, request, []),
            _ => LinkAnswer.Invalid,
        };
    }

    /// <summary>
    /// A link is its named person's alone: whoever is known to be another does not answer in their name. A level that asks how people were recognised takes no
    /// answer from nobody.
    /// </summary>
    private static LinkAccess AccessOf(TenantSnapshot tenant, ApproveLink link, RequestState state, Caller? signedIn) => signedIn switch
    {
        null => tenant.Settings.RequireSignInForLinks || Chain.CurrentLevel(state)?.Definition.Assurance is not null ? LinkAccess.SignInRequired : LinkAccess.Granted,
        { Actor.Type: ActorType.Human } when signedIn.TenantId == link.Tenant && signedIn.Id == link.Approver =>
            signedIn.Has(Scopes.Decide) ? LinkAccess.Granted : LinkAccess.SignInRequired,
        _ => LinkAccess.SomebodyElse,
    };

    private bool Waits(TenantSnapshot tenant, RequestState state, ApproveLink link)
    {
        var waiting = Involvement.WaitingFor(state);
        return state.CurrentLevel == link.Level && state.Snapshot == link.Snapshot
            && (waiting.Contains(link.Approver, StringComparer.Ordinal)
                || Authority.ActsFor(tenant, link.Approver, state.ActionType, time.GetUtcNow()).Any(person => waiting.Contains(person, StringComparer.Ordinal)));
    }
}
