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
    public async Task StartAsync(string tenant, string requestId, string commandId, CancellationToken cancellation)
    {
        var client = await clients.GetAsync(cancellation);
        var instance = InstanceOf(tenant, requestId);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(ApprovalOrchestrator), new ApprovalOrchestrator.Input(tenant, requestId, commandId), new StartOrchestrationOptions(instance), cancellation);
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

    /// <summary>The client says it in either way, as the way to the host is.</summary>
    private static bool IsRunning(Exception fault) =>
        fault is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists };
}
