using Approvals.Chains;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Requests;
using Approvals.Requests;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Commands;

/// <param name="IsFirst">The command was staged by this call, and not before.</param>
/// <param name="Receipt">Null: not settled yet.</param>
internal sealed record StageResult(LoadedRequest Request, Receipt? Receipt, bool IsFirst = false);

/// <summary>Stages commands, sends them on their way, and waits for their receipts.</summary>
internal sealed class CommandStage(
    RequestTable requests, RecentRequests recent, ICommandTransport transport, Settlements settlements, TimeProvider time)
{
    /// <summary>How long a caller is kept waiting.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>After so many answers in a row from within, this process is most likely alone, and looking for receipts is for nothing.</summary>
    private const int Alone = 8;

    private int toldInARow;

    /// <summary>Starts the request's orchestration with the command.</summary>
    /// <param name="confirm">Asked when the command is staged; false: it is taken back.</param>
    /// <returns>Null: it was taken back.</returns>
    public Task<StageResult?> StartAsync(StagedCommand command, Func<Task<bool>> confirm, CancellationToken cancellation) =>
        SendAsync(command, isLive: false, confirm, cancellation);

    /// <param name="isLive">Whether an orchestration should be running for the request.</param>
    public async Task<StageResult> SendAsync(StagedCommand command, bool isLive, CancellationToken cancellation) =>
        (await SendAsync(command, isLive, confirm: null, cancellation))!;

    /// <summary>Sends a staged command once more: whoever staged it may have died before it was sent. Harmless where not.</summary>
    public Task SendAgainAsync(CommandEnvelope envelope, CancellationToken cancellation) => DispatchAsync(envelope, isLive: false, cancellation);

    private async Task<StageResult?> SendAsync(StagedCommand command, bool isLive, Func<Task<bool>>? confirm, CancellationToken cancellation)
    {
        var envelope = command.Envelope;
        var partition = RequestRows.PartitionOf(envelope.Tenant, envelope.RequestId);
        var settled = settlements.Listen(partition, envelope.CommandId);
        try
        {
            var isFirst = await StageAsync(command, cancellation);
            if (!isFirst && await requests.SettledAsync(envelope.Tenant, envelope.RequestId, envelope.CommandId, cancellation) is { } before)
            {
                return new StageResult(before.Request, before.Receipt);
            }

            // Whoever asks again while it is under way waits for the same.
            if (isFirst || !recent.WasSent(partition, envelope.CommandId))
            {
                if (confirm is not null && !await confirm())
                {
                    if (isFirst)
                    {
                        await requests.Client.DeleteEntityAsync(partition, StagedCommand.KeyOf(envelope.CommandId), cancellationToken: cancellation);
                    }

                    return null;
                }

                await DispatchAsync(envelope, isLive, cancellation);
                recent.Sent(partition, envelope.CommandId);
            }

            return await WaitAsync(envelope, settled, cancellation) with { IsFirst = isFirst };
        }
        finally
        {
            settlements.Forget(partition, envelope.CommandId);
        }
    }

    /// <summary>False: a command with this id was staged before.</summary>
    public async Task<bool> StageAsync(StagedCommand command, CancellationToken cancellation)
    {
        try
        {
            var partition = RequestRows.PartitionOf(command.Envelope.Tenant, command.Envelope.RequestId);
            var row = command.ToRow(partition, time.GetUtcNow());
            var added = await requests.Client.AddEntityAsync(row, cancellation);
            if (added.Headers.ETag is { } tag)
            {
                row.ETag = tag;
                recent.Staged(partition, command.Envelope.CommandId, new StagedRow(row, command.Envelope.Command is Command.Create));
            }

            return true;
        }
        catch (RequestFailedException fault) when (fault.IsConflict())
        {
            return false;
        }
    }

    private Task DispatchAsync(CommandEnvelope envelope, bool isLive, CancellationToken cancellation) => isLive
        ? transport.SendAsync(envelope.Tenant, envelope.RequestId, envelope.CommandId, cancellation)
        : transport.StartAsync(envelope.Tenant, envelope.RequestId, envelope.CommandId, cancellation);

    /// <summary>
    /// The process that carries it out may be this one, which tells at once, or another, whose receipt is looked for now and then. An event that
    /// found its orchestration just ended, or gone, is lost: it is sent again, and one is started where none runs; the command's id makes that
    /// harmless. While the request goes on with other commands, another event would only be in their way; before the caller is told that it will be carried out
    /// it is sent once more all the same.
    /// </summary>
    private async Task<StageResult> WaitAsync(CommandEnvelope envelope, Task<CommitResult> settled, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var seen = -1L;
        var firstPause = Volatile.Read(ref toldInARow) < Alone ? FirstLook : LongestPause;
        var isFirst = true;
        for (var pause = firstPause; time.GetElapsedTime(start) < Longest; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var result = await settled.WaitAsync(pause, time, cancellation);
                Interlocked.Increment(ref toldInARow);
                return new StageResult(result.Request, result.Receipt);
            }
            catch (TimeoutException)
            {
                if (await requests.SettledAsync(envelope.Tenant, envelope.RequestId, envelope.CommandId, cancellation) is { } found)
                {
                    Volatile.Write(ref toldInARow, 0);
                    return new StageResult(found.Request, found.Receipt);
                }

                // One that ended takes nothing any more; one that runs is only told again when it has had its time.
                if (!isFirst)
                {
                    var row = await requests.FindAsync(envelope.Tenant, envelope.RequestId, cancellation);
                    var rests = row?.Head.Sequence == seen || row is null;
                    var isLast = time.GetElapsedTime(start) + LongestPause > Longest;
                    if ((pause == LongestPause && (rests || isLast)) || (row is not null && !Lifetime.IsLive(row.State, time.GetUtcNow())))
                    {
                        await transport.StartAsync(envelope.Tenant, envelope.RequestId, envelope.CommandId, cancellation);
                    }

                    seen = row?.Head.Sequence ?? seen;
                }

                isFirst = false;
            }
        }

        return new StageResult(await requests.LoadAsync(envelope.Tenant, envelope.RequestId, null, cancellation), null);
    }
}
