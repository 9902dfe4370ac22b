using Approvals.Conformance;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Tenants;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Approvals.Ports;
using Approvals.Testing;

namespace Approvals.Functions.Tests.Crash;

/// <summary>
/// Every storage operation of a command fails in turn, and the command is carried out again, as callers and activities do: whatever shows of the request
/// is then as though nothing had happened.
/// </summary>
[Collection(AzuriteFixture.Collection)]
public sealed class CrashTests(AzuriteFixture azurite)
{
    private readonly ManualTime _time = new();
    private readonly string _prefix = TablesHome.NewPrefix();

    public static TheoryData<string> Courses => ["start", "refused start", "decision", "refused decision", "claim", "resubmission"];

    [Theory, MemberData(nameof(Courses))]
    public Task NotSent_theProcessDies(string course) => EveryOperationAsync(course, FaultKind.NotSent, dies: true);

    [Theory, MemberData(nameof(Courses))]
    public Task AnswerLost_theProcessDies(string course) => EveryOperationAsync(course, FaultKind.AnswerLost, dies: true);

    [Theory, MemberData(nameof(Courses))]
    public Task NotSent_theProcessGoesOn(string course) => EveryOperationAsync(course, FaultKind.NotSent, dies: false);

    [Theory, MemberData(nameof(Courses))]
    public Task AnswerLost_theProcessGoesOn(string course) => EveryOperationAsync(course, FaultKind.AnswerLost, dies: false);

    [Theory, MemberData(nameof(Courses))]
    public Task AnswerLost_theClientTriesAgain(string course) => EveryOperationAsync(course, FaultKind.AnswerLost, dies: false, retries: 2);

    private async Task EveryOperationAsync(string course, FaultKind kind, bool dies, int retries = 0)
    {
        await using var healthy = new Worker(azurite, _time, _prefix);
        await healthy.Get<ServiceTables>().CreateAsync(default);
        await healthy.Get<IDirectorySeed>().SeedAsync(Office.Directory, default);
        var undisturbed = Steps.Of(course, "undisturbed", _time.GetUtcNow());
        await DoAsync(healthy, undisturbed);
        var expected = await PictureAsync(undisturbed[^1]);

        var number = 1;
        while (await StrikesAsync(healthy, Steps.Of(course, $"r{number}", _time.GetUtcNow()), expected, kind, number, dies, retries))
        {
            number++;
        }

        Assert.InRange(number, 5, 100);
        Assert.True((await healthy.Get<IAuditStore>().VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    /// <summary>False: the command had fewer operations.</summary>
    private async Task<bool> StrikesAsync(Worker healthy, Step[] steps, Picture expected, FaultKind kind, int number, bool dies, int retries)
    {
        await DoAsync(healthy, steps[..^1]);
        var operations = new Operations();
        await using var struck = new Worker(azurite, _time, _prefix, operations, retries);
        var fault = new Fault(operations, kind, number, dies);
        await Record.ExceptionAsync(() => struck.CallAsync(steps[^1]));
        var strikes = fault.End();

        await using var next = new Worker(azurite, _time, _prefix);
        await (dies ? next : struck).CallAsync(steps[^1]);
        await (dies ? next : struck).RunAsync(steps[^1]);
        var picture = await PictureAsync(steps[^1]);
        Assert.True(expected == picture, $"Operation {number}, {operations.All.ElementAtOrDefault(number - 1)}\nexpected {expected}\nbut was  {picture}");
        return strikes;
    }

    private static async Task DoAsync(Worker worker, Step[] steps)
    {
        foreach (var step in steps)
        {
            await worker.CallAsync(step);
        }
    }

    /// <summary>As a process sees it that knows nothing yet.</summary>
    private async Task<Picture> PictureAsync(Step step)
    {
        await using var reader = new Worker(azurite, _time, _prefix);
        return await Picture.OfAsync(reader, step.Envelope);
    }
}
