using Approvals.Functions.Orchestration;
using Approvals.Functions.Orchestration.V1;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>What backends answer where an instance runs, and where none does.</summary>
public sealed class DurableTransportTests
{
    private readonly Mock<DurableTaskClient> _client = new(MockBehavior.Strict, "test");
    private readonly Queue<Exception?> _starts = [];
    private readonly Queue<Exception?> _raises = [];
    private readonly List<string> _calls = [];

    public DurableTransportTests()
    {
        _client.Setup(client => client.ScheduleNewOrchestrationInstanceAsync(
                nameof(ApprovalOrchestrator), new ApprovalOrchestrator.Input("contoso", "r1", "c1"), It.IsAny<StartOrchestrationOptions>(), It.IsAny<CancellationToken>()))
            .Returns<TaskName, object, StartOrchestrationOptions, CancellationToken>((_, _, options, _) =>
            {
                Assert.Equal(["Pending", "Running", "Suspended"], options.DedupeStatuses!);
                return AnswerAsync("start", options.InstanceId!, _starts.Dequeue());
            });
        _client.Setup(client => client.RaiseEventAsync("contoso:r1", CommandSent.EventName, new CommandSent("c1"), It.IsAny<CancellationToken>()))
            .Returns<string, string, object, CancellationToken>((instance, _, _, _) => AnswerAsync("raise", instance, _raises.Dequeue()));
    }

    public static TheoryData<Exception> Running => [new OrchestrationAlreadyExistsException("It runs."), Answer(StatusCode.AlreadyExists)];

    public static TheoryData<Exception> Ended => [Answer(StatusCode.NotFound), Answer(StatusCode.FailedPrecondition)];

    [Fact]
    public async Task Start_noneRuns_starts()
    {
        _starts.Enqueue(null);
        await Transport().StartAsync("contoso", "r1", "c1", CancellationToken.None);
        Assert.Equal(["start contoso:r1"], _calls);
    }

    [Theory, MemberData(nameof(Running))]
    public async Task Start_oneRuns_tellsIt(Exception answer)
    {
        _starts.Enqueue(answer);
        _raises.Enqueue(null);
        await Transport().StartAsync("contoso", "r1", "c1", CancellationToken.None);
        Assert.Equal(["start contoso:r1", "raise contoso:r1"], _calls);
    }

    [Theory, MemberData(nameof(Ended))]
    public async Task Start_oneEndsMeanwhile_startsTheNext(Exception answer)
    {
        _starts.Enqueue(Answer(StatusCode.AlreadyExists));
        _raises.Enqueue(answer);
        _starts.Enqueue(null);
        await Transport().StartAsync("contoso", "r1", "c1", CancellationToken.None);
        Assert.Equal(["start contoso:r1", "raise contoso:r1", "start contoso:r1"], _calls);
    }

    [Theory, MemberData(nameof(Ended))]
    public async Task Send_noneRunsAnyMore_starts(Exception answer)
    {
        _raises.Enqueue(answer);
        _starts.Enqueue(null);
        await Transport().SendAsync("contoso", "r1", "c1", CancellationToken.None);
        Assert.Equal(["raise contoso:r1", "start contoso:r1"], _calls);
    }

    [Fact]
    public async Task Send_theBackendIsAway_isAFault()
    {
        _raises.Enqueue(Answer(StatusCode.Unavailable));
        await Assert.ThrowsAsync<RpcException>(() => Transport().SendAsync("contoso", "r1", "c1", CancellationToken.None));
    }

    private static RpcException Answer(StatusCode code) => new(new Status(code, "test"));

    private DurableTransport Transport()
    {
        var clients = new DurableClients();
        clients.Take(_client.Object);
        return new DurableTransport(clients);
    }

    private Task<string> AnswerAsync(string call, string instance, Exception? fault)
    {
        _calls.Add($"{call} {instance}");
        return fault is null ? Task.FromResult(instance) : Task.FromException<string>(fault);
    }
}
