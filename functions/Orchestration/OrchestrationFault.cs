using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Orchestration;

/// <summary>How orchestrations tell operators of what failed for good: with the instance, and in a line whose words the alert looks for.</summary>
internal static partial class OrchestrationFault
{
    /// <param name="what">For the instance's custom status and the log.</param>
    public static void Tell(TaskOrchestrationContext context, string what, TaskFailedException fault)
    {
        context.SetCustomStatus($"{what} failed");
        Failed(context.CreateReplaySafeLogger(nameof(OrchestrationFault)), fault, context.InstanceId, what);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Orchestration {InstanceId}: {What} failed.")]
    private static partial void Failed(ILogger logger, Exception fault, string instanceId, string what);
}
