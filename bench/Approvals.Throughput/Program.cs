using System.Diagnostics;
using System.Globalization;
using Approvals;
using Approvals.Inbox;
using Approvals.Requests;
using Approvals.Standalone.Sqlite;
using Approvals.Throughput;
using Microsoft.Extensions.Logging.Abstractions;

// Approvals.Throughput [--directory DIR] [--seconds 5] [--warmup 4] [--callers 64] MODE…      MODE: record | start | cycle | inbox
// Approvals.Throughput fill --directory DIR --requests N [--port 7098]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var directory = Text("--directory") ?? Path.Combine(Path.GetTempPath(), $"approvals-{Guid.NewGuid():N}");
var seconds = Number("--seconds", 5);
var callers = Number("--callers", 64);
var warmUp = Number("--warmup", 4);
var last = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
if (args.Contains("fill"))
{
    await Filling.RunAsync(directory, Number("--requests", 1_000_000), $"http://localhost:{Number("--port", 7098)}");
    return 0;
}

var watch = Stopwatch.StartNew();
await using var storage = SqliteStorage.Open(directory, TimeProvider.System, NullLoggerFactory.Instance, new OpenLimit(int.MaxValue));
Console.WriteLine($"open {watch.ElapsedMilliseconds} ms, {Resident()}");
await storage.Directory.SeedAsync([Story.Tenant], default);
foreach (var mode in args.Where(arg => arg is "record" or "start" or "cycle" or "inbox"))
{
    async Task<bool> RoundAsync()
    {
        switch (mode)
        {
            case "record":
                await storage.Engine.RecordAsync([Story.Allowed(Interlocked.Increment(ref last), DateTimeOffset.UtcNow)], default);
                break;
            case "inbox":
                await InboxAsync();
                break;
            default:
                await CycleAsync(mode == "cycle");
                break;
        }

        return true;
    }

    await RunAsync(mode + " (warm-up)", callers, TimeSpan.FromSeconds(warmUp), RoundAsync);
    await RunAsync(mode, callers, TimeSpan.FromSeconds(seconds), RoundAsync);
}

return 0;

async Task CycleAsync(bool approve)
{
    var id = Guid.CreateVersion7().ToString("N");
    var started = await storage.Engine.StartAsync(Story.Start(id, Interlocked.Increment(ref last), DateTimeOffset.UtcNow), default);
    if (!started.Created)
    {
        throw new InvalidOperationException("Not created.");
    }

    if (approve)
    {
        await storage.Engine.SendAsync(Story.Approve(id), default);
        var after = await storage.Requests.FindAsync("load", id, default);
        if (after?.State.Status != Approvals.Chains.RequestStatus.Approved)
        {
            throw new InvalidOperationException($"It is {after?.State.Status}.");
        }
    }
}

async Task InboxAsync()
{
    var query = new InboxQuery { Tenant = "load", Authorities = [new InboxAuthority("boss", ["*"])], ExceptRequestedBy = "boss", Now = DateTimeOffset.UtcNow };
    await storage.Requests.InboxAsync(query, new PageRequest(), default);
    await storage.Requests.CountInboxAsync(query, default);
}

async Task RunAsync(string name, int concurrency, TimeSpan duration, Func<Task<bool>> round)
{
    var times = new List<long>[concurrency];
    var start = Stopwatch.StartNew();
    var cpu = Process.GetCurrentProcess().TotalProcessorTime;
    await Task.WhenAll(Enumerable.Range(0, concurrency).Select(caller => Task.Run(async () =>
    {
        var mine = times[caller] = [];
        while (start.Elapsed < duration)
        {
            var begin = Stopwatch.GetTimestamp();
            if (!await round())
            {
                break;
            }

            mine.Add(Stopwatch.GetTimestamp() - begin);
        }
    })));
    var elapsed = start.Elapsed;
    cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
    var all = times.SelectMany(some => some).Order().ToArray();
    string Ms(double share) => $"{Stopwatch.GetElapsedTime(0, all[(int)((all.Length - 1) * share)]).TotalMilliseconds:F2}";
    Console.WriteLine(
        $"{name} callers={concurrency} {all.Length / elapsed.TotalSeconds:F0}/s p50={Ms(0.5)}ms p99={Ms(0.99)}ms max={Ms(1)}ms " +
        $"cpu={cpu.TotalMilliseconds * 1000 / all.Length:F1}us each, {Resident()}");
}

string Resident() => $"resident {Environment.WorkingSet >> 20} MB";

string? Text(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;

int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
