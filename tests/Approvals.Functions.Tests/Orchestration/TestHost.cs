using Approvals.Functions.Commands;
using Approvals.Functions.Orchestration.V1;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>The requests' orchestrator and activities in the in-process test host.</summary>
internal static class TestHost
{
    /// <param name="worker">Asked for with each activity.</param>
    /// <param name="recorder">Sees every turn.</param>
    public static void AddTestHost(this IServiceCollection services, Func<IRequestWorker> worker, TurnRecorder recorder)
    {
        var port = Ports.Free();
        services.AddInMemoryDurableTask(tasks => Register(tasks, worker), new InMemoryDurableTaskOptions { Port = port });
        var channel = GrpcChannel.ForAddress($"http://localhost:{port}");
        services.AddDurableTaskWorker(durable => durable.UseGrpc(options => options.CallInvoker = channel.Intercept(recorder)));
    }

    /// <summary>As the generated code of the app does it.</summary>
    private static void Register(DurableTaskRegistry tasks, Func<IRequestWorker> worker)
    {
        var function = Mock.Of<FunctionContext>();
        tasks.AddOrchestratorFunc<ApprovalOrchestrator.Input>(nameof(ApprovalOrchestrator), (context, input) => ApprovalOrchestrator.RunAsync(context, input));
        tasks.AddActivityFunc<CommitTransition.Input, CommitTransition.Output>(
            nameof(CommitTransition), (_, input) => new CommitTransition(worker()).RunAsync(input, function));
        tasks.AddActivityFunc<Dispatch.Input>(nameof(Dispatch), (_, input) => new Dispatch(worker()).RunAsync(input, function));
    }
}
