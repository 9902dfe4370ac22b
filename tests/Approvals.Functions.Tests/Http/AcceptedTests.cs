using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Approvals.Functions.Commands;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.Http;

/// <summary>Commands that were answered 202, because nothing carried them out in time: what became of them can be asked, over real HTTP and Tables.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class AcceptedTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Claim_acceptedLate_isResolvedByItsLocationItsKeyAndItsRequest()
    {
        Held? held = null;
        await using var home = await Home.StartAsync(azurite, configure: services =>
        {
            services.AddTablesHome(azurite, TimeProvider.System);
            services.AddSingleton<ICommandTransport>(provider => held = new Held(provider.GetRequiredService<IRequestWorker>));
        });
        var request = await home.AskAsync();
        Assert.Equal(200, (await home.ApproveAsync(request)).Status);
        var gate = (await home.SendAsync(HttpMethod.Get, $"/api/v1/gate/{request}", "dev.contoso.rae")).Body!;
        var claim = new JsonObject
        {
            ["grant"] = (string?)gate["grant"]!["token"],
            ["payload"] = JsonNode.Parse("""{ "number": "B-1", "amount": 7200, "currency": "EUR", "vendor": { "name": "Nordwind", "isNew": false } }"""),
        }.ToJsonString();
        var execution = $"/api/v1/gate/{request}/execution";
        Assert.Equal(404, (await home.SendAsync(HttpMethod.Get, execution, "dev.contoso.rae")).Status);

        held!.Holds = true;
        var (accepted, _, response) = await home.SendAsync(HttpMethod.Post, execution, "dev.contoso.rae", claim, ("Idempotency-Key", "claim-1"));
        var location = response.Headers.Location!.OriginalString;
        Assert.Equal(202, accepted);
        Assert.StartsWith($"/api/v1/requests/{request}/commands/", location, StringComparison.Ordinal);
        Assert.Equal("pending", (string?)(await home.SendAsync(HttpMethod.Get, location, "dev.contoso.rae")).Body!["status"]);
        Assert.Equal(404, (await home.SendAsync(HttpMethod.Get, location, "dev.contoso.mika")).Status);
        Assert.Equal(404, (await home.SendAsync(HttpMethod.Get, execution, "dev.contoso.rae")).Status);

        held.Holds = false;
        await held.ReleaseAsync();
        var done = (await home.SendAsync(HttpMethod.Get, location, "dev.contoso.rae")).Body!;
        var id = (string?)done["executionId"];
        Assert.Equal("done", (string?)done["status"]);
        Assert.NotNull(id);
        Assert.Equal(id, (string?)(await home.SendAsync(HttpMethod.Get, execution, "dev.contoso.rae")).Body!["executionId"]);
        Assert.Equal(404, (await home.SendAsync(HttpMethod.Get, execution, "dev.contoso.mika")).Status);

        for (var i = 0; i < 2; i++)
        {
            var (status, body, _) = await home.SendAsync(HttpMethod.Post, execution, "dev.contoso.rae", claim, ("Idempotency-Key", "claim-1"));
            Assert.Equal((201, id), (status, (string?)body!["executionId"]));
        }
        Assert.Equal(422, (await home.SendAsync(HttpMethod.Post, execution, "dev.contoso.rae", """{ "grant": "x", "payload": {} }""", ("Idempotency-Key", "claim-1"))).Status);
        Assert.Equal(409, (await home.SendAsync(HttpMethod.Post, execution, "dev.contoso.rae", claim)).Status);
        var whole = location.Replace("/commands/", "/commands/rae%3A", StringComparison.Ordinal);
        Assert.Equal(id, (string?)(await home.SendAsync(HttpMethod.Get, whole, "dev.contoso.ada")).Body!["executionId"]);
        Assert.Equal(404, (await home.SendAsync(HttpMethod.Get, whole, "dev.contoso.mika")).Status);
    }

    /// <summary>Brings commands to the worker, or keeps them, as where no worker runs.</summary>
    private sealed class Held(Func<IRequestWorker> worker) : ICommandTransport
    {
        private readonly ConcurrentQueue<(string Tenant, string Request, string Command)> _kept = new();

        public bool Holds { get; set; }

        public Task StartAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) => SendAsync(tenant, requestId, commandId, cancellation);

        public Task SendAsync(string tenant, string requestId, string commandId, CancellationToken cancellation)
        {
            _kept.Enqueue((tenant, requestId, commandId));
            return Holds ? Task.CompletedTask : ReleaseAsync();
        }

        public async Task ReleaseAsync()
        {
            while (_kept.TryDequeue(out var next))
            {
                await worker().RunAsync(next.Tenant, next.Request, next.Command, [], CancellationToken.None);
            }
        }
    }
}
