using Approvals.Functions.Orchestration;
using Approvals.Functions.Tables;
using Approvals.Outbox;
using Approvals.Ports;
using Microsoft.Extensions.Hosting;

namespace Approvals.Functions.Upkeep;

/// <summary>
/// Carries the outbox to every consumer, in one process at a time. An application that is scaled to zero has nothing new to carry; what was
/// postponed goes on when the upkeep's timer wakes it.
/// </summary>
internal sealed class OutboxUnderLease(LeaseHolding lease, OutboxPumps pumps, DurableClients clients, StartupSignal startup) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.WaitAsync(stoppingToken);
        // Some consumers send commands.
        await clients.GetAsync(stoppingToken);
        await lease.RunAsync(
            async cancellation =>
            {
                await pumps.StartAsync(cancellation);
                await pumps.RunAsync(cancellation);
            },
            stoppingToken);
    }
}
