using System.Collections.Concurrent;
using Approvals.Functions.Commands;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Keeps what is sent until a worker comes, as the task hub does.</summary>
internal sealed class QueuedTransport : ICommandTransport
{
    private ConcurrentQueue<(string Tenant, string RequestId, string CommandId)> _sent = new();

    public Task StartAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) => SendAsync(tenant, requestId, commandId, cancellation);

    public Task SendAsync(string tenant, string requestId, string commandId, CancellationToken cancellation)
    {
        _sent.Enqueue((tenant, requestId, commandId));
        return Task.CompletedTask;
    }

    public void Reverse() => _sent = new(_sent.Reverse());

    public async Task RunAsync(IRequestWorker worker)
    {
        while (_sent.TryDequeue(out var sent))
        {
            await worker.RunAsync(sent.Tenant, sent.RequestId, sent.CommandId, [], default);
        }
    }
}
