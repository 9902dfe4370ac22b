using System.Collections.Immutable;
using Approvals.Api.Problems;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Directory;
using Approvals.Functions.Tables.Tenants;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;
using Azure;
using Azure.Data.Tables;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Functions.Tables.Requests;

/// <summary>
/// Carries out commands on one request's partition: loads, lets the shared decider decide, and commits under the head row's ETag. Repeatable:
/// a command's receipt is committed with its effect, and found by whoever comes again.
/// </summary>
internal sealed class RequestCommits(
    RequestTable requests, RecentRequests recent, ITenantCatalog catalog, TenantTrail trail, TimeProvider time)
{
    /// <summary>Entries of one transaction, which takes a hundred rows: each may have a row for its name.</summary>
    public const int MostEntries = 49;

    private const int MostAttempts = 50;

    /// <summary>Whatever made it fail for so long does not pass by itself.</summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);

    /// <summary>Carries out a staged command.</summary>
    public Task<CommitResult> RunAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
        RetryAsync(async isFirst =>
        {
            if (isFirst && await TryGuessAsync(RequestRows.PartitionOf(tenant, requestId), commandId, cancellation) is { } guessed)
            {
                return guessed;
            }

            var loaded = await requests.LoadAsync(tenant, requestId, commandId, cancellation);
            if (loaded.Command is null)
            {
                throw new InvalidDataException($"The command {commandId} of the request {requestId} is not there.");
            }

            if (StagedCommand.ReceiptOf(loaded.Command) is { } receipt)
            {
                // It may have been carried out since its request was read.
                return new CommitResult(null, await requests.LoadAsync(tenant, requestId, null, cancellation), receipt);
            }

            var staged = StagedCommand.Of(loaded.Command);
            if (loaded.Row is null && staged.Envelope.Command is not Command.Create
                && await Creation.FindAsync(requests, tenant, requestId, cancellation) is { } creation)
            {
                // Whoever sent this knew of the request before it was there.
                await RunAsync(tenant, requestId, creation.Envelope.CommandId, cancellation);
                loaded = await requests.LoadAsync(tenant, requestId, commandId, cancellation);
            }

            var transition = await DecideAsync(loaded, staged.Envelope, staged.Submit, cancellation);
            return transition.After is null
                ? await RefuseAsync(loaded, staged, transition, cancellation)
                : await CommitAsync(loaded, transition, staged.Attempt, cancellation);
        });

    /// <summary>
    /// Gives up a command that fails: after a day it is refused, which its caller finds and the trail tells. One that is not there was never accepted.
    /// </summary>
    /// <returns>Null: it is to be tried again.</returns>
    public async Task<CommitResult?> TryGiveUpAsync(string tenant, string requestId, string commandId, CancellationToken cancellation)
    {
        var loaded = await requests.LoadAsync(tenant, requestId, commandId, cancellation);
        if (loaded.Command is not { } row)
        {
            return new CommitResult(null, loaded, null);
        }

        var now = time.GetUtcNow();
        if (StagedCommand.ReceiptOf(row) is not null || (StagedCommand.SinceOf(row) ?? row.Timestamp) is not { } since || now - since < GivenUpAfter)
        {
            return null;
        }

        var staged = StagedCommand.Of(row);
        var transition = Transitions.GiveUp(loaded.Stored, staged.Envelope, new Refusal(ApiCode.InternalError, Texts.RefusedGivenUp), now);
        return transition.After is null
            ? await RefuseAsync(loaded, staged, transition, cancellation)
            : await CommitAsync(loaded, transition, staged.Attempt, cancellation);
    }

    /// <summary>
    /// Without a look at what stands there: it is committed under the tags that this process knows, and so only where they still hold. Null: too little is
    /// known, or it came to a refusal that no tag stands behind.
    /// </summary>
    private async Task<CommitResult?> TryGuessAsync(string partition, string commandId, CancellationToken cancellation)
    {
        if (recent.Guess(partition, commandId) is not { Command: { } command } guess)
        {
            return null;
        }

        var staged = StagedCommand.Of(command);
        var transition = await DecideAsync(guess, staged.Envelope, staged.Submit, cancellation);
        return transition.After is null ? null : await CommitAsync(guess, transition, staged.Attempt, cancellation);
    }

    /// <summary>Carries out what is due by now, if anything is.</summary>
    public Task<CommitResult> RunDueAsync(string tenant, string requestId, CancellationToken cancellation) =>
        RetryAsync(async _ =>
        {
            var now = time.GetUtcNow();
            var loaded = await requests.LoadAsync(tenant, requestId, null, cancellation);
            if (loaded.Row is not { State: var state } || Schedule.Next(state) is not { } next || next.At > now)
            {
                return new CommitResult(null, loaded, null);
            }

            var id = DueCommands.CommandId(state, next.Kind);
            if (await requests.CommandAsync(tenant, requestId, id, cancellation) is { } before)
            {
                // It was refused before: nothing has changed since, so it would be again.
                return new CommitResult(null, loaded, StagedCommand.ReceiptOf(before));
            }

            var resolver = new LevelResolver(await TenantAsync(tenant, cancellation), loaded.Snapshot!);
            var envelope = await DueCommands.OfAsync(state, next.Kind, now, resolver);
            return await CommitAsync(loaded, await DecideAsync(loaded, envelope, submit: false, cancellation), null, cancellation);
        });

    /// <summary>Appends entries to the request's chain, but for those that it has by their <see cref="AuditDraft.Once"/>. Null: there is no such request.</summary>
    /// <param name="entries">At most <see cref="MostEntries"/>.</param>
    public async Task<CommitResult?> RecordAsync(string tenant, string requestId, ImmutableArray<AuditDraft> entries, CancellationToken cancellation)
    {
        var result = await RetryAsync(async isFirst =>
        {
            var known = isFirst ? recent.Find(RequestRows.PartitionOf(tenant, requestId)) : null;
            var loaded = known ?? await requests.LoadAsync(tenant, requestId, null, cancellation);
            if (loaded.Row is null)
            {
                return new CommitResult(null, loaded, null);
            }

            // Names are looked up only where something was in the way, since hardly anything is recorded again.
            var fresh = isFirst ? entries : await requests.NotThereAsync(tenant, requestId, entries, cancellation);
            return fresh.IsEmpty ? new CommitResult(null, loaded, null) : await SubmitAsync(TransitionRows.Of(loaded, fresh), null, cancellation);
        });
        return result.Request.Row is null ? null : result;
    }

    private async Task<Transition> DecideAsync(LoadedRequest loaded, CommandEnvelope envelope, bool submit, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var tenant = await TenantAsync(envelope.Tenant, cancellation);
        ILevelResolver resolver = (envelope.Snapshot ?? loaded.Snapshot) is { } snapshot ? new LevelResolver(tenant, snapshot) : NoLevels.Instance;
        return await Transitions.RunAsync(loaded.Stored, Authority.Still(tenant, envelope, loaded.Row?.State, now), now, resolver, submit);
    }

    private async Task<TenantSnapshot> TenantAsync(string tenant, CancellationToken cancellation) =>
        await catalog.FindAsync(tenant, cancellation) ?? throw new InvalidDataException($"There is no tenant '{tenant}'.");

    private Task<CommitResult> CommitAsync(LoadedRequest loaded, Transition transition, AuditDraft? attempt, CancellationToken cancellation) =>
        SubmitAsync(TransitionRows.Of(loaded, transition, attempt), transition.Receipt, cancellation);

    private async Task<CommitResult> SubmitAsync(TransitionRows rows, Receipt? receipt, CancellationToken cancellation)
    {
        var response = await requests.Client.SubmitTransactionAsync(rows.Actions, cancellation);
        var after = rows.After with { Tag = response.Value[0].Headers.ETag ?? default };
        var loaded = new LoadedRequest(after, rows.Snapshot, null);
        recent.Committed(RequestRows.PartitionOf(after.State.Tenant, after.State.Id), loaded);
        return new CommitResult(rows with { After = after }, loaded, receipt);
    }

    /// <summary>There is no request to write it to: the refusal stands on the tenant's chain, its receipt where the command was.</summary>
    private async Task<CommitResult> RefuseAsync(LoadedRequest loaded, StagedCommand staged, Transition transition, CancellationToken cancellation)
    {
        var envelope = staged.Envelope;
        var partition = RequestRows.PartitionOf(envelope.Tenant, envelope.RequestId);
        ImmutableArray<AuditDraft> drafts = staged.Attempt is { } attempt ? [attempt, .. transition.Audit] : transition.Audit;
        await trail.RecordRefusalAsync(envelope.Tenant, envelope.RequestId, envelope.CommandId, drafts);
        // Under the command's tag: another worker, which knew more of the tenant, may have carried it out meanwhile.
        await requests.Client.UpdateEntityAsync(
            StagedCommand.ReceiptRow(partition, transition.Receipt), loaded.Command!.ETag, TableUpdateMode.Replace, cancellation);
        return new CommitResult(null, loaded, transition.Receipt);
    }

    /// <summary>Somebody else wrote in between, or a retried request met its own first try: look again.</summary>
    private static async Task<CommitResult> RetryAsync(Func<bool, Task<CommitResult>> attempt)
    {
        for (var count = 1; ; count++)
        {
            try
            {
                return await attempt(count == 1);
            }
            catch (RequestFailedException fault) when (fault.IsConflict() && count < MostAttempts)
            {
                await Task.Delay(Random.Shared.Next(5 * Math.Min(count, 10)));
            }
        }
    }
}
