using Approvals.Outbox;

namespace Approvals.Shared.Tests.Outbox;

public sealed class EventIdTests
{
    [Theory]
    [InlineData("r1")]
    [InlineData("own-id-7")]
    public void VersionOf_transitionsEvent_isTheVersionAfterIt(string request) =>
        Assert.Equal(12, EventId.VersionOf(Happened(EventId.Of(request, 12, 3), request)));

    [Theory]
    [InlineData("0f3a9c")]
    [InlineData("r1")]
    [InlineData("r1-")]
    [InlineData("r1-x-0")]
    [InlineData("r10-4-0")]
    public void VersionOf_anyOtherEvent_isNone(string id) => Assert.Null(EventId.VersionOf(Happened(id, "r1")));

    private static OutboxEvent Happened(string id, string request) => new()
    {
        Id = id,
        Tenant = "contoso",
        RequestId = request,
        Type = EventType.Approved,
        Time = DateTimeOffset.UnixEpoch,
        Body = default,
    };
}
