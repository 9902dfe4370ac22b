using System.Diagnostics.Metrics;
using Approvals.Chains;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Approvals.Hosting;

/// <summary>Looks from time to time at what waits: open requests by age, and how far each consumer of the outbox is behind.</summary>
/// <param name="every">Between two looks, which read a page or more of every tenant.</param>
public sealed class Gauges(
    ITenantCatalog catalog, IRequestStore requests, IOutboxStore outbox, IEnumerable<IOutboxConsumer> consumers, TimeProvider time, TimeSpan every,
    ILogger<Gauges> log)
    : BackgroundService
{
    /// <summary>Events that a consumer has not been given yet: what an alert looks at.</summary>
    public const string OutboxLag = "approvals.outbox.lag";

    /// <summary>Open requests looked at of each tenant, the newest first.</summary>
    private const int Most = 2_000;

    private static readonly (string Age, double Days)[] Ages = [("1d", 1), ("2d", 2), ("7d", 7), ("older", double.MaxValue)];

    private volatile IReadOnlyList<Measurement<long>> _open = [];
    private volatile IReadOnlyList<Measurement<long>> _lag = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Meters.Watch("approvals.requests.open", "{request}", "Open requests by age, up to a bound.", () => _open);
        Meters.Watch(OutboxLag, "{event}", "Events that a consumer has not been given yet.", () => _lag);
        using var timer = new PeriodicTimer(every, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var counts = new long[Ages.Length];
            foreach (var tenant in await catalog.TenantsAsync(cancellation))
            {
                await CountAsync(tenant, RequestStatus.InReview, counts, cancellation);
                await CountAsync(tenant, RequestStatus.Escalated, counts, cancellation);
            }
            _open = [.. counts.Select((count, i) => new Measurement<long>(count, new KeyValuePair<string, object?>("age", Ages[i].Age)))];
            _lag = await LagAsync(cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning(fault, "What waits could not be counted.");
        }
    }

    private async Task CountAsync(string tenant, RequestStatus status, long[] counts, CancellationToken cancellation)
    {
        string? cursor = null;
        var read = 0;
        do
        {
            var page = await requests.ListAsync(new RequestQuery { Tenant = tenant, Status = status }, new PageRequest(200, cursor), cancellation);
            foreach (var request in page.Items)
            {
                var days = (time.GetUtcNow() - request.CreatedAt).TotalDays;
                counts[Array.FindIndex(Ages, age => days <= age.Days)]++;
            }
            read += page.Items.Length;
            cursor = page.NextCursor;
        }
        while (cursor is not null && read < Most);
    }

    private async Task<IReadOnlyList<Measurement<long>>> LagAsync(CancellationToken cancellation)
    {
        var head = await outbox.HeadAsync(cancellation);
        var lags = new List<Measurement<long>>();
        foreach (var consumer in consumers)
        {
            var cursor = await outbox.CursorAsync(consumer.Name, cancellation) ?? head;
            lags.Add(new Measurement<long>(Math.Max(0, head - cursor), new KeyValuePair<string, object?>("consumer", consumer.Name)));
        }
        return lags;
    }
}
