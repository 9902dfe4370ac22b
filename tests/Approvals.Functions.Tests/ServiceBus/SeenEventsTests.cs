using Approvals.Outbox;
using Approvals.Subscriber;
using Approvals.Testing;

namespace Approvals.Functions.Tests.ServiceBus;

/// <summary>The sample of a subscriber reads what is published, and knows a repeat.</summary>
public sealed class SeenEventsTests
{
    [Fact]
    public void Event_published_isRead()
    {
        var happened = new MemoryOutbox().Add(EventType.Approved, body: """{"final":true}""");

        var read = CloudEvent.Read(Approvals.Functions.ServiceBus.EventMessage.Of(happened).Body);

        Assert.Equal(("e1", "approval.approved", "/tenants/contoso/requests/r1", happened.Time), (read.Id, read.Type, read.Source, read.Time));
        Assert.True(read.Data.GetProperty("final").GetBoolean());
    }

    [Fact]
    public void Seen_anEvent_isNoLongerNew_untilItIsLongPast()
    {
        var seen = new SeenEvents(capacity: 2);
        seen.Add("e1");
        seen.Add("e1");
        Assert.False(seen.IsNew("e1"));
        seen.Add("e2");
        seen.Add("e3");
        Assert.True(seen.IsNew("e1"));
        Assert.False(seen.IsNew("e3"));
    }
}
