using Approvals.Notifications;

namespace Approvals.Shared.Tests.Notifications;

public sealed class PayloadSummaryTests
{
    [Fact]
    public async Task Of_payload_reads_as_the_requests_page_does_and_masks()
    {
        var office = new Office();
        await office.StartAsync("""
            {"vendor":{"isNew":true,"name":"Meyer"},"unitPrice":1200.5,"count":12000,"dueOn":"2026-11-27T10:00:00Z","iban":"DE02","lines":[1,2],"note":null}
            """);
        var snapshot = (await office.Engine.FindAsync("contoso", "r1", default))!.Snapshot;

        Assert.Equal(
            [
                "Vendor › Is new: Yes", "Vendor › Name: Meyer", "Unit price: 1,200.50", "Count: 12,000", "Due on: 2026-11-27 11:00 Europe/Berlin", "IBAN: •••", "Lines: 2 items",
            ],
            PayloadSummary.Of(snapshot, "Europe/Berlin").Select(line => $"{line.Key}: {line.Value}"));
    }
}
