using Approvals.Chains.Levels;
using Approvals.Notifications;
using Approvals.Testing;

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
        var request = (await office.Engine.FindAsync("contoso", "r1", default))!;

        Assert.Equal(
            [
                "Vendor › Is new: Yes", "Vendor › Name: Meyer", "Unit price: 1,200.50", "Count: 12,000", "Due on: 2026-11-27 11:00 Europe/Berlin", "IBAN: •••", "Lines: 2 items",
            ],
            PayloadSummary.Of(request, Berlin).Lines.Select(line => $"{line.Key}: {line.Value}"));
    }

    [Fact]
    public async Task Of_a_payload_begins_with_what_conditions_read_and_counts_what_is_left_out()
    {
        var office = new Office();
        var decoys = string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"amount{i}\":1"));
        await office.StartAsync("{" + decoys + ""","lines":[{"sum":9}],"amount":9000000,"vendor":{"isNew":true,"due":"2099"}}""", "Buy", "r1", Levels());
        var request = (await office.Engine.FindAsync("contoso", "r1", default))!;

        var summary = PayloadSummary.Of(request, Berlin);
        Assert.Equal(["Lines: 1 item", "Amount: 9,000,000.00", "Vendor › Is new: Yes", "Amount0: 1"], summary.Lines.Take(4).Select(line => $"{line.Key}: {line.Value}"));
        Assert.Equal((12, 22), (summary.Lines.Length, summary.LeftOut));
        Assert.Equal("And 22 more fields, on the request's page.", summary.More);
        Assert.Null(PayloadSummary.Of(request, Berlin, 40).More);
    }

    private static Tenants.TenantSnapshot Berlin => Contoso.Tenant() with { Settings = new Tenants.TenantSettings { Id = "contoso", TimeZone = "Europe/Berlin" } };

    private static LevelDefinition[] Levels() =>
    [
        new LevelDefinition
        {
            Name = "Manager",
            When = "payload.amount > 5.0 || payload.lines.exists(line, line.sum > 3.0)",
            AutoApprove = ["!payload.vendor.isNew"],
            Groups = [new GroupDefinition { Approvers = ["user:ana"], Strategy = Strategy.Any }],
        },
    ];
}
