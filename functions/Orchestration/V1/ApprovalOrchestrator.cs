using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Approvals.Functions.Orchestration.V1;

/// <summary>
/// One instance for each request that waits for people or time: brings commands and due times to it, one after the other. It decides nothing;
/// its history has ids and times only, so that a changed rule never breaks the replay of a running instance.
/// </summary>
// WARNING: the sequence of calls below is replayed by running instances. Changing it, or an activity's input or output, is for a new V-folder.
public static class ApprovalOrchestrator
{
    /// <summary>Transitions after which the history is begun anew.</summary>
    public const int MostTransitions = 200;

    /// <summary>Commands behind another that one activity carries out with it: each is a transaction, and all of them a second or so.</summary>
    public const int MostBehind = 20;

    /// <summary>A fault that can pass: storage that is busy, a worker that was stopped. About ten minutes in all.</summary>
    private static readonly TaskOptions Patient = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 10, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2)));

    /// <summary>After a fault that did not pass, what failed is tried again.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromHours(1);

    /// <param name="CommandId">The first command; null where the instance goes on with waiting.</param>
    /// <param name="WakeAt">When something is due next.</param>
    /// <param name="Failed">Commands that are still to be tried again; null: none.</param>
    /// <param name="Behind">Commands that had arrived after the first; null: none.</param>
    public sealed record Input(
        string Tenant,
        string RequestId,
        string? CommandId,
        DateTimeOffset? WakeAt = null,
        IReadOnlyList<string>? Failed = null,
        IReadOnlyList<string>? Behind = null);

    [Function(nameof(ApprovalOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        var commands = context.WaitForExternalEvent<CommandSent>(CommandSent.EventName);
        var wakeAt = input.WakeAt;

        // Their callers may have been told that they will be carried out.
        var failed = new Queue<string>(input.Failed ?? []);
        // What has arrived and goes with the next activity, or was left by the last one.
        var behind = new Queue<string>(input.Behind ?? []);
        var told = failed.Count > 0;
        DateTimeOffset? retryAt = failed.Count > 0 ? AfterFaultFrom(context) : null;
        var commandId = input.CommandId;
        if (commandId is null)
        {
            commandId = await NextAsync();
        }

        for (var transitions = 1; ; transitions++)
        {
            await GatherAsync(MostBehind);
            var done = await CommitAsync(context, input, commandId, behind);
            if (done is not null)
            {
                wakeAt = done.WakeAt;
                transitions += done.Behind;
                for (var carried = 0; carried < done.Behind; carried++)
                {
                    behind.Dequeue();
                }
            }
            else if (commandId is null)
            {
                wakeAt = AfterFaultFrom(context);
            }
            else
            {
                failed.Enqueue(commandId);
                retryAt = AfterFaultFrom(context);
            }

            // What was told of is over when nothing of it is left.
            var isWell = done is { Dispatched: true } && failed.Count == 0;
            if (isWell && told)
            {
                context.SetCustomStatus(null);
            }

            told = !isWell;

            // An event that has arrived already must be taken before this instance ends.
            if (done is { Live: false } && failed.Count == 0 && behind.Count == 0 && !commands.IsCompleted)
            {
                return;
            }

            if (transitions >= MostTransitions)
            {
                // The same goes for this run of it: whatever has arrived is taken along, in its order. Under a flood there may be no better moment.
                await GatherAsync(int.MaxValue);
                var next = input with
                {
                    CommandId = behind.TryDequeue(out var arrived) ? arrived : null,
                    WakeAt = wakeAt,
                    Failed = failed.Count > 0 ? [.. failed] : null,
                    Behind = behind.Count > 0 ? [.. behind] : null,
                };
                context.ContinueAsNew(next, preserveUnprocessedEvents: true);
                return;
            }

            commandId = behind.TryDequeue(out var left) ? left : await NextAsync();
        }

        // Whatever has arrived goes with the command at hand: an activity for each would keep those who wait for a busy request waiting.
        async Task GatherAsync(int most)
        {
            while (commands.IsCompleted && behind.Count < most)
            {
                behind.Enqueue((await commands).CommandId);
                commands = context.WaitForExternalEvent<CommandSent>(CommandSent.EventName);
            }
        }

        // Null: what is due, which goes before what failed. The wait for a command is one task, kept until an event completes it; only then the next one begins.
        async Task<string?> NextAsync()
        {
            if (!commands.IsCompleted && Earlier(wakeAt, failed.Count > 0 ? retryAt : null) is { } at)
            {
                using var noLonger = new CancellationTokenSource();
                var timer = context.CreateTimer(at.UtcDateTime, noLonger.Token);
                if (await Task.WhenAny(commands, timer) == timer)
                {
                    return failed.Count > 0 && !(wakeAt <= context.CurrentUtcDateTime) ? failed.Dequeue() : null;
                }

                // Not awaited: an orchestrator must not leave its thread.
                noLonger.Cancel();
            }

            var sent = await commands;
            commands = context.WaitForExternalEvent<CommandSent>(CommandSent.EventName);
            return sent.CommandId;
        }
    }

    /// <summary>Null: it failed.</summary>
    private static async Task<CommitTransition.Output?> CommitAsync(
        TaskOrchestrationContext context, Input input, string? commandId, Queue<string> behind)
    {
        CommitTransition.Output done;
        try
        {
            done = await context.CallActivityAsync<CommitTransition.Output>(
                nameof(CommitTransition),
                new CommitTransition.Input(
                    input.Tenant, input.RequestId, commandId, commandId is not null && behind.Count > 0 ? [.. behind.Take(MostBehind)] : null),
                Patient);
        }
        catch (TaskFailedException fault)
        {
            OrchestrationFault.Tell(context, $"commit of {commandId ?? "what is due"}", fault);
            return null;
        }

        if (!done.Dispatched)
        {
            try
            {
                await context.CallActivityAsync(nameof(Dispatch), new Dispatch.Input(input.Tenant, input.RequestId), Patient);
                return done with { Dispatched = true };
            }
            catch (TaskFailedException fault)
            {
                // The next transition carries it over, or the next look at what is due.
                OrchestrationFault.Tell(context, "dispatch", fault);
                return done with { Live = true, WakeAt = Earlier(done.WakeAt, AfterFaultFrom(context)) };
            }
        }

        return done;
    }

    private static DateTimeOffset AfterFaultFrom(TaskOrchestrationContext context) => new DateTimeOffset(context.CurrentUtcDateTime) + AfterFault;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;
}
