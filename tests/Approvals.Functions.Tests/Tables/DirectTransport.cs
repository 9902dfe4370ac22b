using Approvals.Functions.Commands;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Carries commands out at once and side by side, as though each met an idle orchestration: what order there must be, the tables have to keep.</summary>
internal sealed class DirectTransport(Func<IRequestWorker> worker) : ICommandTransport
{
    public Task StartAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) => SendAsync(tenant, requestId, commandId, cancellation);

    public Task SendAsync(string tenant, string requestId, string commandId, CancellationToken cancellation)
    {
        _ = Task.Run(() => worker().RunAsync(tenant, requestId, commandId, [], CancellationToken.None), CancellationToken.None);
        return Task.CompletedTask;
    }
}
