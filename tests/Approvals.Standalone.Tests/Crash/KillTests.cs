using System.Globalization;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Standalone.Sqlite;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Standalone.Tests.Crash;

/// <summary>Killed at any instant, again and again: nothing acknowledged is lost, and nothing happens twice.</summary>
public sealed class KillTests
{
    private const int Kills = 10;

    [Fact]
    public async Task Kill_atRandomMoments_losesAndRepeatsNothing()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(20260302);
        var acknowledged = new List<string>();
        for (var run = 0; run < Kills; run++)
        {
            using var victim = new Victim(directory.Path, run);
            var said = await victim.KillAfterAsync(random.Next(2, 800));
            Assert.Equal("ready", said[0]);
            acknowledged.AddRange(said[1..]);
            await CheckAsync(directory.Path, acknowledged);
        }
    }

    private static async Task CheckAsync(string directory, List<string> acknowledged)
    {
        await using var storage = SqliteStorage.Open(directory, TimeProvider.System, NullLoggerFactory.Instance);
        var trail = await storage.Audit.VerifyAsync(Office.Tenant, null, default);
        Assert.True(trail.Valid, trail.FirstInvalid?.ToString());

        var recorded = await RecordedAsync(storage);
        foreach (var line in acknowledged)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "started":
                    Assert.NotNull(await storage.Requests.FindAsync(Office.Tenant, words[1], default));
                    break;
                case "decided":
                    Assert.Equal((words[3], words[4]), await AgainAsync(storage, words[1], words[2]));
                    break;
                default:
                    Assert.Equal(1, recorded.GetValueOrDefault(words[1]));
                    break;
            }
        }

        Assert.All(recorded.Values, count => Assert.Equal(1, count));
        var after = await storage.Audit.VerifyAsync(Office.Tenant, null, default);
        Assert.Equal(trail, after);
        await storage.Readers.ReadAsync(Consistent, default);
    }

    /// <summary>Sends a command once more: it gets the first receipt, and leaves no trace.</summary>
    private static async Task<(string Version, string Code)> AgainAsync(SqliteStorage storage, string id, string command)
    {
        var result = await storage.Engine.SendAsync(Office.Send(id, Office.Reject("ana"), command), default);
        return (result.Receipt!.Version.ToString(CultureInfo.InvariantCulture), result.Receipt.Refusal?.Code ?? "ok");
    }

    private static async Task<Dictionary<string, int>> RecordedAsync(SqliteStorage storage)
    {
        var recorded = new Dictionary<string, int>();
        await foreach (var entry in storage.Audit.ReadAsync(Office.Tenant, 0, default))
        {
            if (entry.Chain == AuditChain.TenantChain && AuditFields.Read(entry).SubjectId is { } subject)
            {
                recorded[subject] = recorded.GetValueOrDefault(subject) + 1;
            }
        }

        return recorded;
    }

    /// <summary>Every table tells the same story.</summary>
    private static bool Consistent(Connection connection)
    {
        const string Open = "status IN (2, 4)";
        Assert.Equal(0, connection.Number("SELECT count(*) FROM request r WHERE (r.due IS NOT NULL) <> EXISTS (SELECT 1 FROM due d WHERE d.at = r.due AND d.request = r.number)"));
        Assert.Equal(connection.Number("SELECT count(*) FROM request WHERE due IS NOT NULL"), connection.Number("SELECT count(*) FROM due"));
        Assert.Equal(connection.Number($"SELECT count(*) FROM request WHERE {Open}"), connection.Number("SELECT count(DISTINCT request) FROM waiting"));
        Assert.Equal(0, connection.Number("SELECT count(*) FROM request r WHERE NOT EXISTS (SELECT 1 FROM snapshot s WHERE s.id = (r.number << 20 | r.snapshot))"));
        Assert.Equal(connection.Number("SELECT sum(head_sequence) FROM request"), connection.Number("SELECT sum(count) FROM trail"));
        Assert.Equal(
            connection.Number("SELECT sum(head_sequence) FROM request") + connection.Number("SELECT sum(head_sequence) FROM tenant"),
            connection.Number("SELECT count(*) FROM audit"));
        Assert.Equal(connection.Number("SELECT count(*) FROM outbox"), connection.Number("SELECT count(DISTINCT id) FROM outbox"));
        Assert.Equal(connection.Number("SELECT count(*) FROM request"), connection.Number("SELECT count(*) FROM outbox WHERE type = 'approval.requested'"));
        return true;
    }
}
