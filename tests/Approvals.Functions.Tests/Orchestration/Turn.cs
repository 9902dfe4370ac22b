using Approvals.Functions.Orchestration.V1;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>One time that an orchestrator ran: the history it was given, what had come since, and what it asked for.</summary>
internal sealed record Turn(OrchestratorRequest Request, OrchestratorResponse Response)
{
    /// <summary>Replays the history, runs on with what is new, as the worker does.</summary>
    public static OrchestratorResponse Run(OrchestratorRequest request, Func<TaskOrchestrationContext, ApprovalOrchestrator.Input, Task> orchestrator)
    {
        var answer = GrpcOrchestrationRunner.LoadAndRun<ApprovalOrchestrator.Input, object>(
            Convert.ToBase64String(request.ToByteArray()),
            async (context, input) =>
            {
                await orchestrator(context, input!);
                return null;
            });
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
    }
}
