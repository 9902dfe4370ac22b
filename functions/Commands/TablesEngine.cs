using System.Collections.Immutable;
using System.Diagnostics;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tables.Tenants;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Requests;

namespace Approvals.Functions.Commands;

/// <summary>
/// Commands over orchestrations: each is staged in its request's partition, the orchestration is told its id, and the answer is the receipt that
/// it commits. What is not settled within <see cref="Longest"/> is accepted; it will be.
/// </summary>
internal sealed class TablesEngine(
    RequestTable requests, RecentRequests recent, BusinessKeys keys, CommandStage stage, RequestWorker worker, TenantTrail trail, TimeProvider time) : IRequestEngine
{
    private const int ChainsAtOnce = 16;

    private static readonly TimeSpan InFlightLooks = TimeSpan.FromMilliseconds(50);

    public async ValueTask<StartResult> StartAsync(StartRequest start, CancellationToken cancellation)
    {
        var envelope = start.Create;
        if (((Command.Create)envelope.Command).BusinessKey is not { } key)
        {
            return await CreateAsync(start, cancellation);
        }

        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await keys.TakeAsync(envelope.Tenant, key, envelope.RequestId, cancellation))
            {
                return await CreateAsync(start, key, cancellation);
            }

            if (await keys.FindAsync(envelope.Tenant, key, cancellation) is not { } holder)
            {
                continue;
            }

            if (holder.RequestId == envelope.RequestId)
            {
                return await CreateAsync(start, key, cancellation);
            }

            var row = await requests.FindAsync(envelope.Tenant, holder.RequestId, cancellation);
            if (row is not null && row.State.BusinessKey == key && BusinessKey.StillAnswers(row.State, start.Reopen, time.GetUtcNow()))
            {
                return await AnswerAsync(start, row, cancellation);
            }

            // One that is being created is waited for; after that its process is taken to have died before it began.
            if (row is null && Stopwatch.GetElapsedTime(started) < CommandStage.Longest)
            {
                await Task.Delay(InFlightLooks, cancellation);
            }
            else if (await keys.TakeOverAsync(envelope.Tenant, key, holder, envelope.RequestId, cancellation))
            {
                return await CreateAsync(start, key, cancellation);
            }
        }
    }

    public async ValueTask<CommandResult> SendAsync(CommandEnvelope envelope, CancellationToken cancellation)
    {
        // Whether an orchestration runs is a guess either way: it may have ended by the time that it is told.
        var row = recent.Find(RequestRows.PartitionOf(envelope.Tenant, envelope.RequestId))?.Row
            ?? await requests.FindAsync(envelope.Tenant, envelope.RequestId, cancellation);
        if (row is null)
        {
            // Nothing runs for what does not exist: the refusal is recorded here.
            await stage.StageAsync(new StagedCommand(envelope), cancellation);
            var refused = await worker.RunCommandAsync(envelope.Tenant, envelope.RequestId, envelope.CommandId, cancellation);
            return new CommandResult(refused.Receipt, refused.Request.Stored);
        }

        var result = await stage.SendAsync(new StagedCommand(envelope), Lifetime.IsLive(row.State, time.GetUtcNow()), cancellation);
        return new CommandResult(result.Receipt, result.Request.Stored);
    }

    public async ValueTask RecordAsync(ImmutableArray<AuditDraft> entries, CancellationToken cancellation)
    {
        // Side by side, so that what they write to the tenant's partition shares transactions.
        var options = new ParallelOptions { MaxDegreeOfParallelism = ChainsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(entries.GroupBy(entry => (entry.Tenant, entry.RequestId)), options, async (chain, token) =>
        {
            // A name that comes twice would be in its own way.
            foreach (var some in chain.DistinctBy(draft => (object?)draft.Once ?? new object()).Chunk(RequestCommits.MostEntries))
            {
                ImmutableArray<AuditDraft> drafts = [.. some];
                if (chain.Key.RequestId is not { } id || !await worker.RecordAsync(chain.Key.Tenant, id, drafts, token))
                {
                    await trail.RecordAsync(chain.Key.Tenant, drafts);
                }
            }
        });
    }

    private async Task<StartResult> AnswerAsync(StartRequest start, RequestRow row, CancellationToken cancellation)
    {
        if (start.Attempt is { } attempt)
        {
            await worker.RecordAsync(row.State.Tenant, row.State.Id, [attempt with { RequestId = row.State.Id }], cancellation);
        }

        var loaded = await requests.LoadAsync(row.State.Tenant, row.State.Id, null, cancellation);
        return new StartResult(loaded.Stored, Created: false, null);
    }

    /// <summary>A key whose request was refused is free again.</summary>
    private async Task<StartResult> CreateAsync(StartRequest start, string key, CancellationToken cancellation)
    {
        var result = await CreateAsync(start, cancellation);
        if (result.Refusal is not null)
        {
            await keys.ReleaseAsync(start.Create.Tenant, key, start.Create.RequestId, cancellation);
        }

        return result;
    }

    private async Task<StartResult> CreateAsync(StartRequest start, CancellationToken cancellation)
    {
        var envelope = start.Create;
        var attempt = start.Attempt is { } made ? made with { RequestId = envelope.RequestId } : null;
        var result = await stage.StartAsync(new StagedCommand(envelope, start.Submit, attempt), cancellation);
        return result.Receipt is null
            ? throw new TimeoutException($"The request {envelope.RequestId} is accepted, but was not started in time.")
            : new StartResult(result.Request.Stored, result.IsFirst, result.Receipt.Refusal);
    }
}
