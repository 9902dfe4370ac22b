using Approvals.Functions.Commands;
using Approvals.Functions.Orchestration.V1;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Moq;

namespace Approvals.Functions.Tests.Orchestration;

internal static class Tasks
{
    /// <summary>Makes the requests' orchestrator and activities known, as the generated code of the app does.</summary>
    public static void AddRequests(this DurableTaskRegistry tasks, Func<IRequestWorker> worker)
    {
        var function = Mock.Of<FunctionContext>();
        tasks.AddOrchestratorFunc<ApprovalOrchestrator.Input>(nameof(ApprovalOrchestrator), (context, input) => ApprovalOrchestrator.RunAsync(context, input));
        tasks.AddActivityFunc<CommitTransition.Input, CommitTransition.Output>(
            nameof(CommitTransition), (_, input) => new CommitTransition(worker()).RunAsync(input, function));
        tasks.AddActivityFunc<Dispatch.Input>(nameof(Dispatch), (_, input) => new Dispatch(worker()).RunAsync(input, function));
    }
}
