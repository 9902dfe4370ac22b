using System.Diagnostics;
using System.Globalization;
using System.Net;
using Approvals.Load;

// Approvals.Load MODE [--callers 64] [--seconds 10] [--rounds N] [--port 7071] [--service PID]      MODE: gate | start | cycle | inbox
// Approvals.Load pages [--waiting 10000] [--rounds 200] [--port 7071]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var mode = args.FirstOrDefault() ?? "gate";
var callers = Option("--callers", 64);
var seconds = Option("--seconds", 10);
var port = Option("--port", 7071);
var warmUp = Option("--warmup", 3);

var numbers = new Numbers();
var story = new Story($"localhost:{port}");
var endpoint = new IPEndPoint(IPAddress.Loopback, port);
if (mode == "pages")
{
    return await new PageTour(endpoint, story, numbers).RunAsync(Option("--waiting", 10_000), Option("--rounds", 200));
}

await RunAsync(TimeSpan.FromSeconds(warmUp));
using var own = Process.GetCurrentProcess();
using var service = Option("--service", 0) is var id and > 0 ? Process.GetProcessById(id) : null;
var (before, beforeService) = (Used(own), Used(service));
var (times, elapsed) = await RunAsync(TimeSpan.FromSeconds(seconds));
var (used, usedService) = (Used(own) - before, Used(service) - beforeService);

times.Sort();
Console.WriteLine(
    $"{mode} callers={callers} rounds={times.Count} rate={times.Count / elapsed.TotalSeconds:F0}/s " +
    $"p50={Milliseconds(0.50):F2}ms p95={Milliseconds(0.95):F2}ms p99={Milliseconds(0.99):F2}ms max={Milliseconds(1):F1}ms " +
    $"cpu: driver={used.TotalMicroseconds / times.Count:F0}us service={usedService.TotalMicroseconds / times.Count:F0}us a round");
return 0;

// Of processor, user and system, so far; none where it is not known.
static TimeSpan Used(Process? process)
{
    process?.Refresh();
    return process?.TotalProcessorTime ?? TimeSpan.Zero;
}

async Task<(List<long> Times, TimeSpan Elapsed)> RunAsync(TimeSpan duration)
{
    using var stop = new CancellationTokenSource(duration);
    var watch = Stopwatch.StartNew();
    var workers = Enumerable.Range(0, callers).Select(_ => new Worker(new Connection(endpoint), story, mode, numbers)).ToList();
    await Task.WhenAll(workers.Select(worker => Task.Factory.StartNew(() => worker.Run(stop.Token), TaskCreationOptions.LongRunning)));
    return ([.. workers.SelectMany(worker => worker.Times)], watch.Elapsed);
}

double Milliseconds(double share) => Stopwatch.GetElapsedTime(0, times[(int)((times.Count - 1) * share)]).TotalMilliseconds;

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is var at and >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
