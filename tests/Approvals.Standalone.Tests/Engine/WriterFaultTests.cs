using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Conformance;
using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Requests;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>
/// Whatever the writer takes is answered, with its result or a fault, whichever statement fails, beginning, commit and rollback among them; and the writer
/// goes on once the database does.
/// </summary>
public sealed class WriterFaultTests
{
    /// <summary>More steps than the work of these tests has.</summary>
    private const int MostSteps = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly LevelDefinition Level = Office.Level("Manager", "ana") with
    {
        RespondWithin = TimeSpan.FromHours(8),
        RemindAfter = [TimeSpan.FromHours(4)],
        OnTimeout = TimeoutAction.Expire,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EachStep_thatFails_leavesNobodyWaiting(bool forGood)
    {
        var step = 0;
        while (await FailAsync(step, forGood))
        {
            Assert.InRange(++step, 1, MostSteps);
        }

        // Every table that a transition writes, and the beginning, the end and the undoing of transactions.
        Assert.InRange(step, 15, MostSteps);
    }

    [Theory]
    [InlineData("ROLLBACK")]
    [InlineData("COMMIT")]
    [InlineData("BEGIN")]
    [InlineData("ROLLBACK", "BEGIN")]
    [InlineData("ROLLBACK", "INSERT audit")]
    [InlineData("ROLLBACK", "COMMIT")]
    public async Task FaultOfOne_whereTheOthersCannotRunAgain_isToldToAll(params string[] refused)
    {
        await using var storage = await Storage.OpenAsync();
        var refusals = new RefusedStatements(refused.Contains);
        await SettledAsync(storage, Together(storage, refusals), refused[0]);
        refusals.End();
        await GoesOnAsync(storage);
    }

    [Fact]
    public async Task UnfinishedRead_ofAFailedItem_doesNotBlockTheNext()
    {
        await using var storage = await Storage.OpenAsync();
        for (var i = 0; i < 2; i++)
        {
            var fault = await Record.ExceptionAsync(async () => await storage.On.Writer.RunAsync<bool>(
                ledger =>
                {
                    var row = ledger.Connection.Prepare("SELECT id FROM tenant WHERE number >= ?1").Bind(1, 0L);
                    Assert.True(row.Step());
                    throw new InvalidDataException("A row that can't be read.");
                },
                default));
            Assert.IsType<InvalidDataException>(fault);
        }

        await GoesOnAsync(storage);
    }

    [Fact]
    public async Task DueTimes_goOn_afterTheDatabaseFailed()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now, levels: [Level]));
        using var loop = storage.DueLoop();
        var rests = storage.Time.TimerSetAsync();
        await loop.StartAsync(default);
        await rests;
        var refusals = 0;
        var refused = new RefusedStatements(name => name is "INSERT audit" or "ROLLBACK" && ++refusals > 0);
        await storage.On.Writer.RunAsync(
            ledger =>
            {
                refused.Begin(ledger.Connection);
                return true;
            },
            default);

        rests = storage.Time.TimerSetAsync();
        storage.Time.Advance(TimeSpan.FromHours(4));
        await rests.WaitAsync(Patience);
        Assert.NotEqual(0, refusals);
        refused.End();

        var reminded = storage.On.Requests.WaitAsync(Office.Tenant, "r1", 1, TimeSpan.FromDays(30), default);
        storage.Time.Advance(TimeSpan.FromSeconds(1));
        await reminded.AsTask().WaitAsync(Patience);
        await loop.StopAsync(default);
        Assert.Equal(2, (await storage.FindAsync("r1")).State.Version);
    }

    /// <summary>False: there is no such step.</summary>
    private static async Task<bool> FailAsync(int step, bool forGood)
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("due", storage.Now, levels: [Level]));
        storage.Time.Advance(TimeSpan.FromHours(5));
        var asked = 0;
        var refused = "";
        var refusals = new RefusedStatements(name =>
        {
            var refuse = forGood ? asked >= step : asked == step;
            asked++;
            refused = refuse ? name : refused;
            return refuse;
        });
        await SettledAsync(storage, Together(storage, refusals), refused);
        refusals.End();
        var found = refused.Length > 0;
        await GoesOnAsync(storage);
        var due = await storage.On.Readers.ReadAsync(connection => DueTable.Until(connection, storage.Now, 10), default);
        foreach (var number in due)
        {
            await storage.On.Engine.RunDueAsync(number, default);
        }

        Assert.Equal(2, (await storage.FindAsync("due")).State.Version);
        return found;
    }

    /// <summary>In one transaction: requests are started and one is due, and one among them fails after it wrote.</summary>
    private static List<(string Id, Task Call)> Together(Storage storage, RefusedStatements refusals)
    {
        var release = new ManualResetEventSlim();
        var begun = false;
        var held = storage.On.Writer.RunAsync(_ => release.Wait(Patience), default).AsTask();
        var calls = new List<(string Id, Task Call)>
        {
            ("", held),
            ("", storage.On.Writer.RunAsync(Refuse, default).AsTask()),
            ("s1", Start("s1")),
            ("", storage.On.Engine.RunDueAsync(1, default).AsTask()),
            ("", storage.On.Writer.RunAsync<bool>(Half, default).AsTask()),
            ("s2", Start("s2")),
            ("s3", Start("s3")),
        };
        release.Set();
        return calls;

        Task Start(string id) => storage.On.Engine.StartAsync(Office.Request(id, storage.Now, businessKey: id), default).AsTask();

        // Once: it runs again with the others.
        bool Refuse(Ledger ledger)
        {
            if (!begun)
            {
                begun = true;
                refusals.Begin(ledger.Connection);
            }

            return true;
        }

        static bool Half(Ledger ledger)
        {
            ledger.Connection.Prepare("INSERT INTO consumer(name, position) VALUES ('half', 0)").Run();
            throw new InvalidOperationException("No.");
        }
    }

    /// <summary>Everybody is answered, and what is answered agrees with the file.</summary>
    private static async Task SettledAsync(Storage storage, List<(string Id, Task Call)> calls, string refused)
    {
        var all = Task.WhenAll(calls.Select(call => call.Call));
        await Task.WhenAny(all, Task.Delay(Patience));
        Assert.True(all.IsCompleted, $"Somebody waits for ever after '{refused}' was refused.");
        foreach (var (id, call) in calls.Where(call => call.Id.Length > 0))
        {
            var stored = await storage.On.Readers.ReadAsync(
                connection => connection.Prepare("SELECT 1 FROM request WHERE id = ?1").Bind(1, id).Step(), default);
            Assert.Equal(call.IsCompletedSuccessfully, stored);
        }

        Assert.Equal(0, await storage.On.Readers.ReadAsync(connection => connection.Number("SELECT count(*) FROM consumer WHERE name = 'half'"), default));
    }

    private static async Task GoesOnAsync(Storage storage)
    {
        await storage.StartAsync(Office.Request("after", storage.Now, businessKey: "after"));
        await storage.SendAsync("after", Office.Approve("ana"));
        Assert.Equal(AuditAction.Approved, AuditFields.Read(
            (await storage.On.Requests.HistoryAsync(Office.Tenant, "after", new PageRequest(200), default)).Items.Last(entry =>
                AuditFields.Read(entry).Action == AuditAction.Approved)).Action);
        Assert.Null(await storage.On.Readiness.ProblemAsync(default));
        Assert.True((await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).Valid);
    }
}
