using Approvals.Actors;
using Approvals.Chains.Sla;
using Approvals.Requests;
using Approvals.Tests.Chains;

namespace Approvals.Tests.Requests;

public sealed class DueCommandsTests
{
    [Theory]
    [InlineData(DueKind.Remind)]
    [InlineData(DueKind.TimeOut)]
    [InlineData(DueKind.Overdue)]
    [InlineData(DueKind.AbandonExecution)]
    public async Task What_is_due_is_sent_by_the_system_and_is_the_same_however_often_it_is_come_by(DueKind kind)
    {
        var story = Story.Of(Make.Level("ana"));

        var first = await DueCommands.OfAsync(story.State, kind, story.Now, story.Desk);
        var again = await DueCommands.OfAsync(story.State, kind, story.Now.AddMinutes(5), story.Desk);

        Assert.Equal((story.State.Tenant, story.State.Id), (first.Tenant, first.RequestId));
        Assert.Equal(DueCommands.CommandId(story.State, kind), first.CommandId);
        Assert.Equal((first.CommandId, first.Command.GetType()), (again.CommandId, again.Command.GetType()));
        Assert.Equal((Actor.System, Origin.Internal), (first.Command.By, first.Origin));
        Assert.Null(first.Snapshot);
    }
}
