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
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(ApprovalOrchestrator), new ApprovalOrchestrator.Input(tenant, requestId, commandId), new StartOrchestrationOptions(instance).WithDedupeStatuses(Alive), cancellation);
        }
        catch (Exception fault) when (IsRunning(fault))
        {
            await client.RaiseEventAsync(instance, CommandSent.EventName, new CommandSent(commandId), cancellation);
        }
    }

    public async Task SendAsync(string tenant, string requestId, string commandId, CancellationToken cancellation)
    {
        var client = await clients.GetAsync(cancellation);
        await client.RaiseEventAsync(InstanceOf(tenant, requestId), CommandSent.EventName, new CommandSent(commandId), cancellation);
    }

    /// <summary>Ids of instances have the same limits as keys of rows.</summary>
    private static string InstanceOf(string tenant, string requestId) => $"{TableKey.Part(tenant)}:{TableKey.Part(requestId)}";

    private static bool IsRunning(Exception fault) => fault is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists };
}
