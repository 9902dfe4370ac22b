using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Functions.Tables.Requests;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Commands;

/// <summary>Carries out what orchestrations ask for: one command, or what is due, and then what follows a commit.</summary>
internal sealed partial class RequestWorker(
    RequestTable requests, RequestCommits commits, Dispatcher dispatcher, BusinessKeys keys, Settlements settlements, TimeProvider time, ILogger<RequestWorker> log) : IRequestWorker
{
    /// <summary>Clocks of two machines differ: what is due by one and not yet by the other is looked at again.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(1);

    /// <summary>When a command of time was refused, and so would be due for ever, it is tried again after this long.</summary>
    private static readonly TimeSpan Postponed = TimeSpan.FromHours(1);

    public async Task<WorkDone> RunAsync(string tenant, string requestId, string? commandId, CancellationToken cancellation)
    {
        var (result, dispatched) = await CarryOutAsync(tenant, requestId, commandId, cancellation);
        if (result.Request.Row is { Live: false })
        {
            // The orchestration ends with this: whoever else has sent something meanwhile is answered now.
            foreach (var other in await requests.OpenCommandsAsync(tenant, requestId, cancellation))
            {
                (result, var followed) = await CarryOutAsync(tenant, requestId, other, cancellation);
                dispatched &= followed;
            }
        }

        return new WorkDone(result.Request.Row?.Live ?? false, WakeAt(result, isDue: commandId is null), dispatched);
    }

    private async Task<(CommitResult Result, bool Dispatched)> CarryOutAsync(
        string tenant, string requestId, string? commandId, CancellationToken cancellation)
    {
        var result = commandId is null
            ? await commits.RunDueAsync(tenant, requestId, cancellation)
            : await commits.RunAsync(tenant, requestId, commandId, cancellation);
        var dispatched = await TryFollowAsync(tenant, requestId, result, cancellation);
        if (commandId is not null)
        {
            settlements.Settle(RequestRows.PartitionOf(tenant, requestId), commandId, result);
        }

        return (result, dispatched);
    }

    public Task DispatchAsync(string tenant, string requestId, CancellationToken cancellation) => dispatcher.DispatchAsync(tenant, requestId, cancellation);

    /// <summary>Outside any orchestration, for a request that does not exist.</summary>
    public Task<CommitResult> RunCommandAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
        commits.RunAsync(tenant, requestId, commandId, cancellation);

    /// <summary>Appends entries to the request's chain. False: there is no such request.</summary>
    public async Task<bool> RecordAsync(string tenant, string requestId, ImmutableArray<AuditDraft> entries, CancellationToken cancellation)
    {
        if (await commits.RecordAsync(tenant, requestId, entries, cancellation) is not { } result)
        {
            return false;
        }

        await dispatcher.DispatchAsync(result.Rows!, cancellation);
        return true;
    }

    /// <summary>What was committed stands; what should follow can be made up for.</summary>
    private async Task<bool> TryFollowAsync(string tenant, string requestId, CommitResult result, CancellationToken cancellation)
    {
        try
        {
            if (result.Rows is { } rows)
            {
                await FollowKeyAsync(rows, cancellation);
                await dispatcher.DispatchAsync(rows, cancellation);
            }
            else
            {
                // Nothing new: the time to make up for what an earlier try left.
                await dispatcher.DispatchAsync(tenant, requestId, cancellation);
            }

            return true;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
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

    private DateTimeOffset? WakeAt(CommitResult result, bool isDue)
    {
        if (result.Request.Row is not { } row || Lifetime.WakeAt(row.State) is not { } at)
        {
            return null;
        }

        var now = time.GetUtcNow();
        return !isDue || result.Rows is { Changes: true } || at > now ? at : now + (result.Receipt is null ? ClockSkew : Postponed);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What follows a commit of request {RequestId} failed; it is made up for.")]
    private static partial void NotFollowed(ILogger logger, Exception fault, string requestId);
}
