using System.Collections.Immutable;
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
    RequestTable requests, RecentRequests recent, BusinessKeys keys, OpenSlots slots, CommandStage stage, RequestWorker worker, TenantTrail trail, OpenLimit limit, TimeProvider time) : IRequestEngine
{
    private const int ChainsAtOnce = 16;

    /// <summary>Looks at a key that is neither free nor anybody's: released in between, each time.</summary>
    private const int MostTries = 20;

    /// <summary>How soon it is noticed that a request which is being created is there.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a key that changes hands is tried for.</summary>
    private static readonly TimeSpan LongestTry = 2 * CommandStage.Longest;

    public async ValueTask<StartResult> StartAsync(StartRequest start, CancellationToken cancellation)
    {
        var envelope = start.Create;
        if (((Command.Create)envelope.Command).BusinessKey is not { } key)
        {
            return (await CreateAsync(start, () => Task.FromResult(true), cancellation))!;
        }

        var began = time.GetTimestamp();
        var (seen, seenAt) = ((string?)null, began);
        for (var pause = FirstLook; ; pause = pause * 2 < LongestLook ? pause * 2 : LongestLook)
        {
            var triedAt = time.GetTimestamp();
            var holds = true;
            if (await TryHoldAsync(envelope, key, cancellation) is { } holder)
            {
                (seen, seenAt) = (holder.RequestId, seen == holder.RequestId ? seenAt : triedAt);
                var (answer, isOver) = await AnswerAsync(start, key, holder, isLate: time.GetElapsedTime(began, triedAt) >= CommandStage.Longest, cancellation);
                if (answer is not null)
                {
                    return answer;
                }

                // One that took the key and staged nothing for so long has died; what it stages after all it takes back.
                holds = (isOver || time.GetElapsedTime(seenAt, triedAt) >= CommandStage.Longest)
                    && await keys.TakeOverAsync(envelope.Tenant, key, holder, envelope.RequestId, cancellation);
            }

            if (holds && await CreateAsync(start, key, triedAt, cancellation) is { } created)
            {
                return created;
            }

            if (time.GetElapsedTime(began, triedAt) >= LongestTry)
            {
                throw new TimeoutException($"The business key of the request {envelope.RequestId} changed hands all the time.");
            }

            await Task.Delay(pause, cancellation);
        }
    }

    public async ValueTask<CommandResult> SendAsync(CommandEnvelope envelope, CancellationToken cancellation)
    {
        // Whether an orchestration runs is a guess either way: it may have ended by the time that it is told.
        var row = recent.Find(RequestRows.PartitionOf(envelope.Tenant, envelope.RequestId))?.Row
            ?? await requests.FindAsync(envelope.Tenant, envelope.RequestId, cancellation);
        if (row is null && await Creation.FindAsync(requests, envelope.Tenant, envelope.RequestId, cancellation) is { } creation)
        {
            await stage.SendAgainAsync(creation.Envelope, cancellation);
            var sent = await stage.SendAsync(new StagedCommand(envelope), isLive: true, cancellation);
            return new CommandResult(sent.Receipt, sent.Request.Stored ?? await Creation.ToBeAsync(creation));
        }

        row ??= await requests.FindAsync(envelope.Tenant, envelope.RequestId, cancellation);
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

    /// <summary>Null: the request holds the key.</summary>
    private async Task<BusinessKeys.Holder?> TryHoldAsync(CommandEnvelope envelope, string key, CancellationToken cancellation)
    {
        for (var tries = 1; !await keys.TakeAsync(envelope.Tenant, key, envelope.RequestId, cancellation); tries++)
        {
            if (await keys.FindAsync(envelope.Tenant, key, cancellation) is { } holder)
            {
                return holder.RequestId == envelope.RequestId ? null : holder;
            }

            if (tries == MostTries)
            {
                throw new TimeoutException($"The business key of the request {envelope.RequestId} is taken and released all the time.");
            }
        }

        return null;
    }

    /// <summary>By the request that holds the key, which may still be on its way.</summary>
    /// <param name="isLate">Whoever is still waiting is answered now.</param>
    /// <returns>No result: it does not answer. IsOver: nor will it.</returns>
    private async Task<(StartResult? Result, bool IsOver)> AnswerAsync(
        StartRequest start, string key, BusinessKeys.Holder holder, bool isLate, CancellationToken cancellation)
    {
        var tenant = start.Create.Tenant;

        // Before the request: whatever is no longer staged then is there, unless it was refused.
        var staged = isLate ? await Creation.FindAsync(requests, tenant, holder.RequestId, cancellation) : null;
        if (await requests.FindAsync(tenant, holder.RequestId, cancellation) is { } row)
        {
            return row.State.BusinessKey == key && BusinessKey.StillAnswers(row.State, start.Reopen, time.GetUtcNow())
                ? (await AnswerAsync(start, row, cancellation), false)
                : (null, true);
        }

        if (staged is not null)
        {
            await stage.SendAgainAsync(staged.Envelope, cancellation);
            if (start.Attempt is { } attempt)
            {
                await RecordAsync([attempt with { RequestId = holder.RequestId }], cancellation);
            }

            return (new StartResult(await Creation.ToBeAsync(staged), Created: false, null, Settled: false), false);
        }

        return (null, false);
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
    /// <param name="tookAt">Before the key was taken. Whoever waits for it gives it up for lost no sooner than <see cref="CommandStage.Longest"/> after.</param>
    /// <returns>Null: the key was lost meanwhile.</returns>
    private async Task<StartResult?> CreateAsync(StartRequest start, string key, long tookAt, CancellationToken cancellation)
    {
        var envelope = start.Create;
        var result = await CreateAsync(
            start,
            async () => time.GetElapsedTime(tookAt) < CommandStage.Longest / 2 || await keys.KeepAsync(envelope.Tenant, key, envelope.RequestId, cancellation),
            cancellation);
        if (result?.Refusal is not null)
        {
            await keys.ReleaseAsync(envelope.Tenant, key, envelope.RequestId, cancellation);
        }

        return result;
    }

    private async Task<StartResult?> CreateAsync(StartRequest start, Func<Task<bool>> confirm, CancellationToken cancellation)
    {
        var envelope = start.Create;
        var create = (Command.Create)envelope.Command;
        var isCounted = OpenLimit.Concerns(create);
        if (isCounted && !await slots.TakeAsync(create, cancellation))
        {
            var refused = limit.Refuse(start, time.GetUtcNow(), out var entries);
            await trail.RecordAsync(envelope.Tenant, entries);
            return refused;
        }

        var staged = new StagedCommand(envelope, start.Submit, start.Attempt is { } made ? made with { RequestId = envelope.RequestId } : null);
        var result = await stage.StartAsync(staged, confirm, cancellation);
        if (isCounted && (result is null || result.Receipt?.Refusal is not null))
        {
            await slots.ReleaseAsync(create, cancellation);
        }

        return result is null ? null
            : result.Receipt is { } receipt ? new StartResult(result.Request.Stored, result.IsFirst, receipt.Refusal)
            : new StartResult(result.Request.Stored ?? await Creation.ToBeAsync(staged), result.IsFirst, null, Settled: result.Request.Row is not null);
    }
}
