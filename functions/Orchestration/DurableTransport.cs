using Approvals.Functions.Commands;
using Approvals.Functions.Orchestration.V1;
using Approvals.Functions.Tables;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Approvals.Functions.Orchestration;

/// <summary>Commands over Durable Functions: one instance for each request.</summary>
internal sealed class DurableTransport(DurableClients clients) : ICommandTransport
{
    /// <summary>An instance that is any of these is not replaced, whatever the host's settings and the backend would allow.</summary>
    private static readonly OrchestrationRuntimeStatus[] Alive =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    public async Task StartAsync(string tenant, string requestId, string commandId, CancellationToken cancellation)
    {
        var client = await clients.GetAsync(cancellation);
        var instance = InstanceOf(tenant, requestId);
        var input = new ApprovalOrchestrator.Input(tenant, requestId, commandId);

        // One that runs when it is to be started may have ended when it is told; the next is started then.
        if (!await TryStartAsync(client, instance, input, cancellation) && !await TryRaiseAsync(client, instance, commandId, cancellation))
        {
            await TryStartAsync(client, instance, input, cancellation);
        }
    }

    public async Task SendAsync(string tenant, string requestId, string commandId, CancellationToken cancellation)
    {
        var client = await clients.GetAsync(cancellation);
        if (!await TryRaiseAsync(client, InstanceOf(tenant, requestId), commandId, cancellation))
        {
            await StartAsync(tenant, requestId, commandId, cancellation);
        }
    }

    /// <summary>Ids of instances have the same limits as keys of rows.</summary>
    private static string InstanceOf(string tenant, string requestId) => $"{TableKey.Part(tenant)}:{TableKey.Part(requestId)}";

    /// <summary>False: there is one that runs.</summary>
    private static async Task<bool> TryStartAsync(
        DurableTaskClient client, string instance, ApprovalOrchestrator.Input input, CancellationToken cancellation)
    {
        try
        {
            var options = new StartOrchestrationOptions(instance).WithDedupeStatuses(Alive);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(ApprovalOrchestrator), input, options, cancellation);
            return true;
        }
        catch (Exception fault) when (fault is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists })
        {
            return false;
        }
    }

    /// <summary>False: the backend says that none runs. Some say nothing, and the event is lost.</summary>
    private static async Task<bool> TryRaiseAsync(DurableTaskClient client, string instance, string commandId, CancellationToken cancellation)
    {
        try
        {
            await client.RaiseEventAsync(instance, CommandSent.EventName, new CommandSent(commandId), cancellation);
            return true;
        }
        catch (RpcException fault) when (fault.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            return false;
        }
    }
}
