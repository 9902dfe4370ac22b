using Approvals.Functions.Orchestration.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>Due times beyond what a storage provider's timers reach: six days with Azure Storage.</summary>
public sealed class LongTimerTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(6);

    [Fact]
    public void WakeAt_in90Days_isReachedByShorterTimers()
    {
        var wakeAt = Start.AddDays(90);
        var now = Start;
        var request = new OrchestratorRequest { InstanceId = "contoso:r1" };
        request.NewEvents.Add(Event(now, started => started.OrchestratorStarted = new()));
        request.NewEvents.Add(Event(now, started => started.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = nameof(ApprovalOrchestrator),
            OrchestrationInstance = new OrchestrationInstance { InstanceId = "contoso:r1", ExecutionId = "e1" },
            Input = $$"""{"Tenant":"contoso","RequestId":"r1","CommandId":null,"WakeAt":"{{wakeAt:O}}"}""",
        }));
        var timers = 0;
        var asked = Assert.Single(Turn.Run(request, ApprovalOrchestrator.RunAsync).Actions);
        for (; asked.CreateTimer is { } timer; asked = Assert.Single(Turn.Run(request, ApprovalOrchestrator.RunAsync).Actions))
        {
            timers++;
            var fireAt = timer.FireAt.ToDateTime();
            Assert.InRange(fireAt - now, TimeSpan.FromTicks(1), Longest);
            now = fireAt;
            request.PastEvents.Add(request.NewEvents);
            request.PastEvents.Add(Event(now, created => created.TimerCreated = new TimerCreatedEvent { FireAt = timer.FireAt }, asked.Id));
            request.NewEvents.Clear();
            request.NewEvents.Add(Event(now, started => started.OrchestratorStarted = new()));
            request.NewEvents.Add(Event(now, fired => fired.TimerFired = new TimerFiredEvent { FireAt = timer.FireAt, TimerId = asked.Id }));
        }

        Assert.Equal(nameof(CommitTransition), asked.ScheduleTask.Name);
        Assert.Equal(wakeAt, now);
        Assert.InRange(timers, 15, 90);
    }

    private static HistoryEvent Event(DateTime at, Action<HistoryEvent> with, int id = -1)
    {
        var happened = new HistoryEvent { EventId = id, Timestamp = Timestamp.FromDateTime(at) };
        with(happened);
        return happened;
    }
}
