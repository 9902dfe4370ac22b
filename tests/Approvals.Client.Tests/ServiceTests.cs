using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approvals.Client.Tests;

/// <summary>The client against the running service: Rae asks, Mika decides.</summary>
[Collection(Running.Name)]
public sealed partial class ServiceTests(Running service)
{
    private static readonly TimeSpan DecidedSoon = Running.Patience;

    private static GatedAction Post(string number) => new("purchasing.vendorBill.post", "vendorBill", number);

    private static Bill Of(string number, decimal amount = 7200) => new(number, amount, "EUR", new Vendor("Nordwind GmbH", false));

    [Fact]
    public async Task An_action_that_no_policy_asks_about_runs_at_once()
    {
        var executed = await service.As("rae").RunAsync(
            Post("C-1"), Of("C-1", 10), Json.Default.Bill, (bill, _) => Task.FromResult(bill.Number));
        Assert.Equal("C-1", executed);
    }

    [Fact]
    public async Task An_approved_action_runs_once_with_the_approved_payload()
    {
        var runs = new List<Bill>();
        var bill = Of("C-2");
        var run = service.As("rae").RunAsync(Post("C-2"), bill, Json.Default.Bill, (approved, _) =>
        {
            runs.Add(approved);
            return Task.FromResult(approved.Amount);
        }, DecidedSoon);
        var id = await service.PendingAsync("mika", "C-2");
        await service.DecideAsync("mika", id, "approve");

        Assert.Equal(7200, await run);
        Assert.Equal([bill], runs);
        Assert.Equal("succeeded", (await service.HistoryAsync(id)).Last(entry => entry.Action == "execution_reported").Detail);
        // The approval is used up: the same action asks anew.
        await Assert.ThrowsAsync<ApprovalPendingException>(() => service.As("rae").RunAsync(Post("C-2"), bill, Json.Default.Bill, Never));
    }

    [Fact]
    public async Task Callers_at_the_same_time_execute_once()
    {
        var pending = await Assert.ThrowsAsync<ApprovalPendingException>(() => service.As("rae").RunAsync(Post("C-3"), Of("C-3"), Json.Default.Bill, Never));
        await service.DecideAsync("mika", pending.ApprovalId!, "approve");

        var executions = 0;
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return await service.As("rae").RunAsync(Post("C-3"), Of("C-3"), Json.Default.Bill, (_, _) => Task.FromResult(Interlocked.Increment(ref executions))) > 0;
            }
            catch (ApprovalException)
            {
                return false;
            }
        }));
        Assert.Equal(1, executions);
        Assert.Single(runs, executed => executed);
    }

    [Fact]
    public async Task A_rejection_has_the_approvers_reason()
    {
        var pending = await Assert.ThrowsAsync<ApprovalPendingException>(() => service.As("rae").RunAsync(Post("C-4"), Of("C-4"), Json.Default.Bill, Never));
        await service.DecideAsync("mika", pending.ApprovalId!, "reject", "Twice the order.");
        var denied = await Assert.ThrowsAsync<ApprovalDeniedException>(() => service.As("rae").RunAsync(Post("C-4"), Of("C-4"), Json.Default.Bill, Never));
        Assert.Equal("Twice the order.", denied.Message);
        Assert.Equal(pending.ApprovalId, denied.ApprovalId);
    }

    [Fact]
    public async Task A_failed_execution_is_reported_as_failed()
    {
        var pending = await Assert.ThrowsAsync<ApprovalPendingException>(() => service.As("rae").RunAsync(Post("C-5"), Of("C-5"), Json.Default.Bill, Never));
        await service.DecideAsync("mika", pending.ApprovalId!, "approve");
        await Assert.ThrowsAsync<TimeoutException>(() => service.As("rae").RunAsync<Bill, int>(
            Post("C-5"), Of("C-5"), Json.Default.Bill, (_, _) => throw new TimeoutException()));
        Assert.Equal("failed", (await service.HistoryAsync(pending.ApprovalId!)).Last(entry => entry.Action == "execution_reported").Detail);
    }

    [Fact]
    public async Task Another_payload_is_another_request()
    {
        var pending = await Assert.ThrowsAsync<ApprovalPendingException>(() => service.As("rae").RunAsync(Post("C-6"), Of("C-6"), Json.Default.Bill, Never));
        await service.DecideAsync("mika", pending.ApprovalId!, "approve");
        var other = await Assert.ThrowsAsync<ApprovalPendingException>(() => service.As("rae").RunAsync(Post("C-6"), Of("C-6", 9_000_000), Json.Default.Bill, Never));
        Assert.NotEqual(pending.ApprovalId, other.ApprovalId);

        var approved = await service.As("rae").GetAsync(pending.ApprovalId!);
        var claim = await Assert.ThrowsAsync<ApprovalProblemException>(() => service.As("rae").ClaimAsync(
            pending.ApprovalId!, approved.Grant!, JsonSerializer.SerializeToElement(Of("C-6", 9_000_000), Json.Default.Bill)));
        Assert.Equal("APPROVAL_PAYLOAD_CHANGED", claim.Code);
    }

    [Fact]
    public async Task A_withdrawn_request_is_over()
    {
        var pending = await Assert.ThrowsAsync<ApprovalPendingException>(() => service.As("rae").RunAsync(Post("C-7"), Of("C-7"), Json.Default.Bill, Never));
        await service.As("rae").WithdrawAsync(pending.ApprovalId!, "Not needed.");
        Assert.Equal(GateOutcome.Withdrawn, (await service.As("rae").GetAsync(pending.ApprovalId!)).Outcome);
    }

    [Fact]
    public async Task The_executor_gate_resumes_a_call_by_its_token()
    {
        var gate = new ApprovalGate(service.Handler("rae"));
        var module = Module("purchasing.vendorBill.post");
        var arguments = JsonSerializer.SerializeToElement(Of("C-8"), Json.Default.Bill);
        var pending = await Assert.ThrowsAsync<ApprovalPendingException>(() => gate.CallAsync<int>(module, arguments, (_, _) => throw new InvalidOperationException()));
        await service.DecideAsync("mika", pending.ApprovalId!, "approve");

        var resumed = JsonElement.Parse(arguments.ToString().Insert(1, $"\"_approval_token\":\"{pending.ApprovalId}\","));
        Assert.Equal(1, await gate.CallAsync(module, resumed, (_, _) => Task.FromResult(1)));
        await Assert.ThrowsAnyAsync<ApprovalException>(() => gate.CallAsync<int>(module, resumed, (_, _) => throw new InvalidOperationException()));
        Assert.Equal("succeeded", (await service.HistoryAsync(pending.ApprovalId!)).Last(entry => entry.Action == "execution_reported").Detail);
    }

    [Fact]
    public async Task A_token_of_one_action_does_not_open_another()
    {
        var gate = new ApprovalGate(service.Handler("rae"));
        var arguments = JsonSerializer.SerializeToElement(Of("C-9"), Json.Default.Bill);
        var pending = await Assert.ThrowsAsync<ApprovalPendingException>(
            () => gate.CallAsync<int>(Module("purchasing.vendorBill.post"), arguments, (_, _) => throw new InvalidOperationException()));
        await service.DecideAsync("mika", pending.ApprovalId!, "approve");

        // The same arguments and an approved request, but another action.
        var stolen = JsonElement.Parse(arguments.ToString().Insert(1, $"\"_approval_token\":\"{pending.ApprovalId}\","));
        var thrown = await Assert.ThrowsAnyAsync<ApprovalException>(
            () => gate.CallAsync<int>(Module("legal.contract.sign"), stolen, (_, _) => throw new InvalidOperationException("Executed without approval.")));
        Assert.IsNotType<ApprovalProblemException>(thrown);
    }

    [Fact]
    public async Task A_service_that_is_away_denies()
    {
        var away = new ApprovalsClient(new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1/") });
        await Assert.ThrowsAsync<HttpRequestException>(() => away.RunAsync(Post("C-10"), Of("C-10"), Json.Default.Bill, Never));
        await Assert.ThrowsAsync<ApprovalDeniedException>(() => new ApprovalGate(new HttpApprovalHandler(away)).CallAsync<int>(
            Module("purchasing.vendorBill.post"), JsonElement.Parse("{}"), (_, _) => throw new InvalidOperationException()));
    }

    private static GatedModule Module(string id) => new() { Id = id, Annotations = new ApprovalAnnotations { RequiresApproval = true } };

    private static Task<int> Never(Bill bill, CancellationToken cancellation) => throw new InvalidOperationException("The action must not be executed.");

    internal sealed record Bill(string Number, decimal Amount, string Currency, Vendor Vendor);

    internal sealed record Vendor(string Name, bool IsNew);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Bill))]
    internal sealed partial class Json : JsonSerializerContext;
}
