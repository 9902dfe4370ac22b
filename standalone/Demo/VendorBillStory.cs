using System.Text.Json;

namespace Approvals.Standalone.Demo;

/// <summary>
/// A vendor bill from the gate through its chain to a one-shot execution, told over HTTP against a running service: what <c>./run demo</c> plays.
/// </summary>
internal sealed class VendorBillStory(HttpClient http, TextWriter output)
{
    public const string Tenant = "contoso";
    private const string Requester = "bot-7";

    public async Task PlayAsync()
    {
        var buyer = new DemoCaller(http, Requester);
        var number = $"B-{DateTimeOffset.UtcNow:yyyyMMdd-HHmmssfff}";
        var bill = Bill(number, amount: 72000);
        var check = new { actionType = "purchasing.vendorBill.post", subject = new { type = "vendorBill", id = number }, payload = bill };

        Say($"{Requester} asks the gate before posting bill {number} over 72000 EUR …");
        var pending = await buyer.PostAsync("/api/v1/gate", check, 202);
        var requestId = Text(pending, "requestId");
        Say($"  pending: request {requestId}");
        Say($"  {pending.GetProperty("explanation")}");

        Say("  the same check again finds the same request, and starts no other:");
        Expect(Text(await buyer.PostAsync("/api/v1/gate", check, 202), "requestId"), requestId);

        await ApproveAllAsync(requestId);

        var approved = await buyer.GetAsync($"/api/v1/gate/{requestId}");
        var grant = Text(approved.GetProperty("grant"), "token");
        Say($"{Requester} observes: {Text(approved, "outcome")}; a grant for one execution, until {approved.GetProperty("grant").GetProperty("expiresAt")}");

        var execution = $"/api/v1/gate/{requestId}/execution";
        var tampered = await buyer.PostAsync(execution, new { grant, payload = Bill(number, amount: 99000) }, 409);
        Say($"  executing another amount is refused: {Text(tampered, "code")}");
        var claimed = await buyer.PostAsync(execution, new { grant, payload = bill }, 201);
        Say($"  executing what was approved: execution {Text(claimed, "executionId")}");
        var again = await buyer.PostAsync(execution, new { grant, payload = bill }, 409);
        Say($"  a second time is refused: {Text(again, "code")}");
        await buyer.PostAsync($"{execution}/{Text(claimed, "executionId")}/result", new { outcome = "succeeded" }, 200);

        await TellHistoryAsync(buyer, requestId);
    }

    private async Task ApproveAllAsync(string requestId)
    {
        var requester = new DemoCaller(http, Requester);
        for (var request = await requester.GetAsync($"/api/v1/requests/{requestId}");
             Text(request, "status") != "approved";
             request = await requester.GetAsync($"/api/v1/requests/{requestId}"))
        {
            var level = request.GetProperty("levels")[request.GetProperty("currentLevel").GetInt32() - 1];
            var approver = level.GetProperty("approvers").EnumerateArray().First(a => Text(a, "status") == "waiting");
            var person = Text(approver, "id");
            var decision = new { decision = "approve", comment = "Matches the order.", payloadHash = Text(request, "payloadHash") };
            await new DemoCaller(http, person).PostAsync($"/api/v1/requests/{requestId}/decisions", decision, 200);
            Say($"{person} approves at level \"{Text(level, "name")}\"");
        }
    }

    private async Task TellHistoryAsync(DemoCaller caller, string requestId)
    {
        Say("The trail, each entry's hash sealing the one before:");
        var history = await caller.GetAsync($"/api/v1/requests/{requestId}/history?limit=200");
        foreach (var entry in history.GetProperty("items").EnumerateArray())
        {
            var actor = Text(entry.GetProperty("actor"), "id");
            Say($"  {entry.GetProperty("sequence"),3}  {Text(entry, "at")[..19]}Z  {actor,-10} {Text(entry, "action"),-20} {Text(entry, "outcome"),-8} {Text(entry, "hash")[..16]}…");
        }

        var proof = await new DemoCaller(http, "uma").GetAsync($"/api/v1/audit/verification?requestId={requestId}");
        Say($"Verification: valid {proof.GetProperty("valid")}, {proof.GetProperty("checked")} entries recomputed.");
    }

    private static object Bill(string number, int amount) => new
    {
        number,
        amount,
        currency = "EUR",
        vendor = new { id = "v-204", name = "Nordwind GmbH", isNew = true },
        iban = "DE02120300000000202051",
        lines = new[] { new { text = "CNC spindle", category = "capex", amount } },
    };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static void Expect(string actual, string expected)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"Expected {expected}, got {actual}.");
        }
    }

    private void Say(string line) => output.WriteLine(line);
}
