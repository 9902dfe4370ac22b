using Approvals.Functions.Commands;
using Approvals.Functions.Orchestration.V1;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>Records the history that <see cref="ReplayTests"/> replays: with APPROVALS_RECORD set to a folder's name it is written there.</summary>
public sealed class RecordingTests
{
    private const string Instance = "contoso:r1";

    [Fact]
    public async Task Record_takesTheTurnsThatAreReplayed()
    {
        var recorder = new TurnRecorder();
        using var host = await StartAsync(recorder);
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(ApprovalOrchestrator), new ApprovalOrchestrator.Input("contoso", "r1", "create"), new(Instance), CancellationToken.None);
        // Created, its timer set; reminded, the next timer set.
        var turns = await recorder.TakeAsync(4);
        await client.RaiseEventAsync(Instance, CommandSent.EventName, new CommandSent("approve"), CancellationToken.None);
        // Committed, dispatched, the next timer set.
        turns.AddRange(await recorder.TakeAsync(3));
        await client.RaiseEventAsync(Instance, CommandSent.EventName, new CommandSent("withdraw"), CancellationToken.None);
        turns.AddRange(await recorder.TakeAsync(2));
        await client.WaitForInstanceCompletionAsync(Instance, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        await host.StopAsync();

        if (Environment.GetEnvironmentVariable("APPROVALS_RECORD") is { Length: > 0 } name)
        {
            Histories.Write(name, turns);
        }

        Assert.Equal(Histories.Read("V1").Select(Asked), turns.Select(Asked));
    }

    private static string Asked(Turn turn) => string.Join(", ", turn.Response.Actions.Select(action => action.OrchestratorActionTypeCase));

    private static async Task<IHost> StartAsync(TurnRecorder recorder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddTestHost(() => new Course(), recorder);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>What the worker says, so that the instance goes the recorded way.</summary>
    private sealed class Course : IRequestWorker
    {
        public Task<WorkDone> RunAsync(
            string tenant, string requestId, string? commandId, IReadOnlyList<string> behind, CancellationToken cancellation)
        {
            var now = DateTimeOffset.UtcNow;
            return Task.FromResult(commandId switch
            {
                "create" => new WorkDone(Live: true, now.AddSeconds(1), Dispatched: true),
                "withdraw" => new WorkDone(Live: false, null, Dispatched: true),
                _ => new WorkDone(Live: true, now.AddHours(1), Dispatched: commandId is null),
            });
        }

        public Task DispatchAsync(string tenant, string requestId, CancellationToken cancellation) => Task.CompletedTask;
    }
}
