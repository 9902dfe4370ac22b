using System.Diagnostics;
using System.Globalization;
using Approvals.Ports;
using Approvals.Standalone.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Throughput;

/// <summary>
/// Fills a data directory by the service's own writing: the whole host runs, with its consumers and checkpoints, and every request goes
/// through the engine. All but one in a hundred are approved; those wait in the inbox.
/// </summary>
internal static class Filling
{
    private const int Callers = 256;
    private const int OneOpenIn = 100;

    public static async Task RunAsync(string directory, long requests, string url)
    {
        var setup = Path.Combine(AppContext.BaseDirectory, "setup");
        await using var app = await StandaloneHost.BuildAsync(
            ["--Approvals:SignIn=development", $"--Approvals:Url={url}", $"--Approvals:DataDirectory={directory}", $"--Approvals:DirectoryFile={setup}/directory.json", $"--Approvals:PoliciesDirectory={setup}/policies", "--Approvals:MostOpenPerAgent=100000000"]);
        await app.StartAsync();
        var engine = app.Services.GetRequiredService<IRequestEngine>();
        var watch = Stopwatch.StartNew();
        var (taken, last) = (0L, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref taken) is var number && number <= requests)
            {
                var id = Guid.CreateVersion7().ToString("N");
                await engine.StartAsync(Story.Start(id, Interlocked.Increment(ref last), DateTimeOffset.UtcNow), default);
                if (number % OneOpenIn != 0)
                {
                    await engine.SendAsync(Story.Approve(id), default);
                }

                if (number % 50_000 == 0)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} requests after {watch.Elapsed.TotalSeconds:F0} s"));
                }
            }
        })));
        await ConsumersAsync(app.Services);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled with {requests} requests in {watch.Elapsed.TotalSeconds:F0} s"));
        await app.StopAsync();
    }

    /// <summary>Until every event was delivered.</summary>
    private static async Task ConsumersAsync(IServiceProvider services)
    {
        var outbox = services.GetRequiredService<IOutboxStore>();
        foreach (var consumer in services.GetServices<Approvals.Outbox.IOutboxConsumer>())
        {
            while (await outbox.CursorAsync(consumer.Name, default) < await outbox.HeadAsync(default))
            {
                await Task.Delay(100);
            }
        }
    }
}
