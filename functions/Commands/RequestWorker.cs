using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains.Sla;
using Approvals.Chains.State;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tables.Tenants;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Telemetry;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Commands;

/// <summary>Carries out what orchestrations ask for: one command, or what is due, and then what follows a commit.</summary>
internal sealed partial class RequestWorker(
    RequestTable requests,
    RequestCommits commits,
    Dispatcher dispatcher,
    BusinessKeys keys,
    EntriesUnderWay underWay,
    Settlements settlements,
    StartupSignal startup,
    TimeProvider time,
    ILogger<RequestWorker> log) : IRequestWorker
{
    public async Task<WorkDone> RunAsync(
        string tenant, string requestId, string? commandId, IReadOnlyList<string> behind, CancellationToken cancellation)
    {
        // The queue's activities come as soon as the process does.
        await startup.WaitAsync(cancellation);
        CommitResult first;
        try
        {
            first = await CommitAsync(tenant, requestId, commandId, cancellation);
        }
        catch (Exception fault) when (commandId is null && !cancellation.IsCancellationRequested)
        {
            // The orchestration would try it again each hour, however long that lasts.
            if (await LongOverdueAsync(tenant, requestId, cancellation) is not { } next)
            {
                throw;
            }

            DueFailed(log, fault, requestId, next);
            return new WorkDone(Live: true, next, Dispatched: true);
        }

        var further = await CommitBehindAsync(tenant, requestId, behind, cancellation);
        CommitResult[] all = [first, .. further];
        var result = all[^1];
        var dispatched = await TryFollowAsync(tenant, requestId, all, cancellation);
        Settle(tenant, requestId, commandId, first);
        for (var i = 0; i < further.Count; i++)
        {
            Settle(tenant, requestId, behind[i], further[i]);
        }

        if (result.Request.Row is { State: var ended } && !Lifetime.IsLive(ended, time.GetUtcNow()))
        {
            // The orchestration ends with this: whoever else has sent something meanwhile is answered now.
            foreach (var other in (await requests.OpenCommandsAsync(tenant, requestId, cancellation)).Select(staged => staged.Envelope.CommandId))
            {
                result = await CommitAsync(tenant, requestId, other, cancellation);
                dispatched &= await TryFollowAsync(tenant, requestId, [result], cancellation);
                Settle(tenant, requestId, other, result);
            }
        }

        var now = time.GetUtcNow();
        return result.Request.Row is { State: var state } && Lifetime.IsLive(state, now)
            ? new WorkDone(Live: true, WakeAt(state, result, isDue: commandId is null, now), dispatched, further.Count)
            : new WorkDone(Live: false, WakeAt: null, dispatched, further.Count);
    }

    /// <summary>When to look again at what has been due for a day and fails; null: it has not.</summary>
    private async Task<DateTimeOffset?> LongOverdueAsync(string tenant, string requestId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await requests.FindAsync(tenant, requestId, cancellation) is { State: var state } && Schedule.Next(state)?.At + DueRetry.Longest <= now
            ? DueRetry.AfterFailure(state, now, now)
            : null;
    }

    private async Task<CommitResult> CommitAsync(string tenant, string requestId, string? commandId, CancellationToken cancellation)
    {
        try
        {
            return commandId is null
                ? await commits.RunDueAsync(tenant, requestId, cancellation)
                : await commits.RunAsync(tenant, requestId, commandId, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Meters.Failed(commandId is null ? "due" : "command");
            if (commandId is null || await commits.TryGiveUpAsync(tenant, requestId, commandId, cancellation) is not { } givenUp)
            {
                throw;
            }

            GivenUp(log, fault, requestId, commandId);
            return givenUp;
        }
    }

    /// <summary>One that fails is tried again as the first of another run, where its fault shows; those before it stand.</summary>
    private async Task<List<CommitResult>> CommitBehindAsync(
        string tenant, string requestId, IReadOnlyList<string> behind, CancellationToken cancellation)
    {
        var results = new List<CommitResult>();
        try
        {
            foreach (var commandId in behind)
            {
                results.Add(await CommitAsync(tenant, requestId, commandId, cancellation));
            }
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Left(log, fault, behind[results.Count], requestId);
        }

        return results;
    }

    private void Settle(string tenant, string requestId, string? commandId, CommitResult result)
    {
        if (commandId is not null)
        {
            settlements.Settle(RequestRows.PartitionOf(tenant, requestId), commandId, result);
        }
    }

    public async Task DispatchAsync(string tenant, string requestId, CancellationToken cancellation)
    {
        await FollowKeyAgainAsync(await requests.FindAsync(tenant, requestId, cancellation), cancellation);
        await dispatcher.DispatchAsync(tenant, requestId, cancellation);
    }

    /// <summary>Outside any orchestration, for a request that does not exist.</summary>
    public Task<CommitResult> RunCommandAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
        commits.RunAsync(tenant, requestId, commandId, cancellation);

    /// <summary>Appends entries to the request's chain. False: there is no such request.</summary>
    /// <remarks>What could not be carried over is left to the upkeep: a caller who was told of a fault would have it recorded once more.</remarks>
    public async Task<bool> RecordAsync(string tenant, string requestId, ImmutableArray<AuditDraft> entries, CancellationToken cancellation)
    {
        var note = await underWay.NoteAsync(tenant, requestId);
        if (await commits.RecordAsync(tenant, requestId, entries, cancellation) is not { } result)
        {
            await underWay.DropAsync(tenant, note);
            return false;
        }

        try
        {
            if (result.Rows is { } rows)
            {
                await dispatcher.DispatchAsync(rows, cancellation, note);
            }
            else
            {
                // All of it was there: whoever appended it may not have got further.
                await dispatcher.DispatchAsync(tenant, requestId, cancellation);
                await underWay.DropAsync(tenant, note);
            }
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            NotFollowed(log, fault, requestId);
        }

        return true;
    }

    /// <summary>What was committed stands; what should follow can be made up for.</summary>
    private async Task<bool> TryFollowAsync(string tenant, string requestId, CommitResult[] results, CancellationToken cancellation)
    {
        try
        {
            if (TransitionRows.Joined(results.Select(result => result.Rows)) is { } rows)
            {
                await FollowKeyAsync(rows, cancellation);
                await dispatcher.DispatchAsync(rows, cancellation);
            }
            else
            {
                // Nothing new, or not all of it is known: the time to make up for what an earlier try left.
                await FollowKeyAgainAsync(results[^1].Request.Row, cancellation);
                await dispatcher.DispatchAsync(tenant, requestId, cancellation);
            }

            return true;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Meters.Failed("dispatch");
            NotFollowed(log, fault, requestId);
            return false;
        }
    }

    /// <summary>A resubmission answers for its new payload from now on, no longer for the old one.</summary>
    private async Task FollowKeyAsync(TransitionRows rows, CancellationToken cancellation)
    {
        var state = rows.After.State;
        if (!rows.IsFirst && state.BusinessKey is { } key && key != rows.FormerKey)
        {
            await keys.PutAsync(state.Tenant, key, state.Id, cancellation);
            if (rows.FormerKey is { } former)
            {
                await keys.ReleaseAsync(state.Tenant, former, state.Id, cancellation);
            }
        }
    }

    /// <summary>
    /// Where an earlier try ended after the commit, the resubmission's key may be anybody's. The former key is left: who finds it sees that this
    /// request no longer answers for it.
    /// </summary>
    private async Task FollowKeyAgainAsync(RequestRow? row, CancellationToken cancellation)
    {
        if (row is { State: { Snapshot: > 1, BusinessKey: { } key } state }
            && BusinessKey.StillAnswers(state, reopen: false, time.GetUtcNow())
            && (await keys.FindAsync(state.Tenant, key, cancellation))?.RequestId != state.Id)
        {
            await keys.PutAsync(state.Tenant, key, state.Id, cancellation);
        }
    }

    private static DateTimeOffset? WakeAt(RequestState state, CommitResult result, bool isDue, DateTimeOffset now) => Lifetime.WakeAt(state) is not { } at
        ? null
        : !isDue || result.Rows is { Changes: true } || at > now ? at
        : result.Receipt is null ? DueRetry.NotYet(now) : DueRetry.AfterFailure(state, now, now);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The command {CommandId} of request {RequestId} failed behind others; it is tried again.")]
    private static partial void Left(ILogger logger, Exception fault, string commandId, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Orchestration of request {RequestId}: what is due failed for a day, and is tried again at {Next}.")]
    private static partial void DueFailed(ILogger logger, Exception fault, string requestId, DateTimeOffset next);

    [LoggerMessage(Level = LogLevel.Error, Message = "Orchestration of request {RequestId}: the command {CommandId} failed for good, and is given up.")]
    private static partial void GivenUp(ILogger logger, Exception fault, string requestId, string commandId);

    [LoggerMessage(Level = LogLevel.Error, Message = "What follows a commit of request {RequestId} failed; it is made up for.")]
    private static partial void NotFollowed(ILogger logger, Exception fault, string requestId);
}
