using System.Globalization;
using Approvals.Conformance;
using Approvals.Standalone.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

// Works on a data directory until it is killed, and says on standard output what was acknowledged:
//   started ID | decided ID COMMAND VERSION CODE | recorded SUBJECT
// Approvals.Crash DIRECTORY RUN
var run = args[1];
using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
await using var storage = SqliteStorage.Open(args[0], TimeProvider.System, NullLoggerFactory.Instance);
await storage.Directory.SeedAsync(Office.Directory, default);
Say("ready");
await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => WorkAsync(worker))));

async Task WorkAsync(int worker)
{
    for (var i = 0; ; i++)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"r{run}-{worker}-{i:000000}");
        var now = DateTimeOffset.UtcNow;
        await storage.Engine.StartAsync(Office.Request(id, now, businessKey: id) with { Attempt = Office.Entry(now) }, default);
        Say($"started {id}");
        await SendAsync(id, "c1", "ana");
        if (i % 2 == 0)
        {
            await SendAsync(id, "c2", i % 10 == 0 ? "eve" : "cleo");
        }

        await storage.Engine.RecordAsync([Office.Entry(now, subject: id)], default);
        Say($"recorded {id}");
    }
}

async Task SendAsync(string id, string command, string person)
{
    var result = await storage.Engine.SendAsync(Office.Send(id, Office.Approve(person), command), default);
    Say($"decided {id} {command} {result.Receipt!.Version} {result.Receipt.Refusal?.Code ?? "ok"}");
}

void Say(string line)
{
    lock (output)
    {
        output.WriteLine(line);
    }
}
