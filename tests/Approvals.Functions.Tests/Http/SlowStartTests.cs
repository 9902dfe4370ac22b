using System.Text.Json.Nodes;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.Http;

/// <summary>The HTTP worker alone, as callers see it during a scale from zero: its ports are those over Tables, and nobody carries out commands yet.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class SlowStartTests(AzuriteFixture azurite)
{
    private readonly QueuedTransport _queue = new();

    [Fact]
    public async Task Calls_beforeAWorkerComes_areAcceptedOnceAndNeverMissing()
    {
        await using var home = await Home.StartAsync(azurite, configure: services =>
            services.AddTables(new TableOptions(TablesHome.NewPrefix())).AddSingleton<ICommandTransport>(_queue));
        var gate = Enumerable.Range(0, 3).Select(_ => Send(home, "/api/v1/gate", "dev.contoso.rae", """
            { "actionType": "purchasing.vendorBill.post", "subject": { "type": "vendorBill", "id": "B-1" },
              "payload": { "number": "B-1", "amount": 7200, "currency": "EUR", "vendor": { "name": "Nordwind", "isNew": false } } }
            """)).ToList();
        var direct = Send(home, "/api/v1/requests", "dev.contoso.rae", """
            { "requestType": "action", "title": "Water the plants", "subject": { "type": "office", "id": "1" }, "payload": {} }
            """);

        var answers = await Task.WhenAll(gate);
        Assert.All(answers, answer => Assert.Equal((202, "pending"), (answer.Status, (string?)answer.Body!["outcome"])));
        var id = Assert.Single(answers.Select(answer => (string)answer.Body!["requestId"]!).Distinct());
        Assert.All(answers, answer => Assert.Equal($"/api/v1/gate/{id}", (string?)answer.Body!["statusUrl"]));
        Assert.All(answers, answer => Assert.Equal($"/api/v1/gate/{id}", answer.Response.Headers.Location?.ToString()));
        var accepted = await direct;
        Assert.Equal((202, "pending"), (accepted.Status, (string?)accepted.Body!["status"]));
        Assert.NotNull(accepted.Response.Headers.RetryAfter);
        Assert.Equal((202, "pending"), await StatusAsync(home, $"/api/v1/gate/{id}", "outcome"));
        Assert.Equal((200, "pending"), await StatusAsync(home, $"/api/v1/requests/{id}", "status"));
        Assert.Equal((200, "pending"), await StatusAsync(home, accepted.Response.Headers.Location!.ToString(), "status"));

        await _queue.RunAsync(home.Services.GetRequiredService<IRequestWorker>());

        Assert.Equal((202, "pending"), await StatusAsync(home, $"/api/v1/gate/{id}", "outcome"));
        var decision = home.ApproveAsync(id);
        while (!decision.IsCompleted)
        {
            await _queue.RunAsync(home.Services.GetRequiredService<IRequestWorker>());
            await Task.WhenAny(decision, Task.Delay(20));
        }

        Assert.Equal(200, (await decision).Status);
        var (_, list, _) = await home.SendAsync(HttpMethod.Get, "/api/v1/requests?subject=vendorBill:B-1", "dev.contoso.rae");
        Assert.Single(list!["items"]!.AsArray());
    }

    private static Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> Send(Home home, string path, string credential, string body) =>
        home.SendAsync(HttpMethod.Post, path, credential, body);

    private static async Task<(int, string?)> StatusAsync(Home home, string path, string member)
    {
        var (status, body, _) = await home.SendAsync(HttpMethod.Get, path, "dev.contoso.rae");
        return (status, (string?)body![member]);
    }
}
