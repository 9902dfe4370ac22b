using Approvals.Api;
using Approvals.Audit;
using Approvals.Functions.Tests.Azurite;
using Approvals.Links;
using Approvals.Ports;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Approvals.Functions.Tests.Http;

[Collection(AzuriteFixture.Collection)]
public sealed class HttpFunctionTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("/healthz", 200, "application/json")]
    [InlineData("/healthz/ready", 200, "application/json")]
    [InlineData("/openapi/v1.json", 200, "application/json")]
    [InlineData("/sign-in", 200, "text/html")]
    [InlineData("/", 303, null)]
    [InlineData("/api/v1/inbox", 401, "application/problem+json")]
    [InlineData("/api/v1/nothing", 404, "application/problem+json")]
    [InlineData("/api/v1/gate", 405, "application/problem+json")]
    [InlineData("/a/forged", 410, "text/html")]
    public async Task Get_ofAnything_isTheSharedAnswer(string path, int status, string? type)
    {
        await using var home = await Home.StartAsync(azurite);
        var (found, _, response) = await home.SendAsync(HttpMethod.Get, path, null);
        Assert.Equal((status, type), (found, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Story_fromTheGateToTheClaim_runsThroughTheFunction()
    {
        await using var home = await Home.StartAsync(azurite);
        var request = await home.AskAsync();
        var waiting = home.SendAsync(HttpMethod.Get, $"/api/v1/gate/{request}?wait=30", "dev.contoso.rae");

        Assert.Equal(403, (await home.SendAsync(HttpMethod.Post, $"/api/v1/requests/{request}/decisions", "dev.contoso.rae", """{"decision":"approve"}""")).Status);
        Assert.Equal(200, (await home.ApproveAsync(request)).Status);

        var (status, body, _) = await waiting;
        Assert.Equal((200, "approved"), (status, (string?)body!["outcome"]));
    }

    [Theory]
    [InlineData(null, 200, 400)]
    [InlineData("dev.contoso.mika", 200, 400)]
    [InlineData("dev.contoso.rae", 403, 403)]
    [InlineData("dev.contoso.bo", 403, 403)]
    [InlineData("dev.contoso.bot-7", 403, 403)]
    public async Task Link_isItsOwnPersonsOnly(string? credential, int opened, int answeredWithoutItsPage)
    {
        await using var home = await Home.StartAsync(azurite);
        var request = await home.AskAsync();
        var stored = await home.Services.GetRequiredService<IRequestStore>().FindAsync("contoso", request, default);
        var link = home.Services.GetRequiredService<LinkIssuer>().PathOf(stored!.State, 1, "mika", "m1", DateTimeOffset.UtcNow);

        var (open, _, _) = await home.SendAsync(HttpMethod.Get, link, credential);
        var (answered, _, _) = await home.SendAsync(HttpMethod.Post, link, credential);

        Assert.Equal((opened, answeredWithoutItsPage), (open, answered));
        Assert.Equal("in_review", (string?)(await home.SendAsync(HttpMethod.Get, $"/api/v1/requests/{request}", "dev.contoso.rae")).Body!["status"]);
    }

    [Fact]
    public async Task Stream_isSentWhileItGoesOn()
    {
        await using var home = await Home.StartAsync(azurite);
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream");
        ask.Headers.Add("Authorization", "Bearer dev.contoso.mika");
        using var response = await home.Http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        var request = await home.AskAsync();

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string? line;
        do
        {
            line = await lines.ReadLineAsync(late.Token);
        }
        while (line?.Contains(request, StringComparison.Ordinal) is false);
        Assert.NotNull(line);
    }

    [Fact]
    public async Task Stream_endsByItself_beforeAHostEndsIt()
    {
        await using var home = await Home.StartAsync(
            azurite, configure: services => services.AddSingleton(new ApiOptions { MaxStream = TimeSpan.FromMilliseconds(200) }));

        var (status, _, response) = await home.SendAsync(HttpMethod.Get, "/api/v1/stream", "dev.contoso.mika");

        Assert.Equal((200, "text/event-stream"), (status, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Fault_isAProblemWithoutDetails()
    {
        await using var home = await Home.StartAsync(azurite, configure: services =>
        {
            var broken = new Mock<IAuditStore>();
            broken.Setup(audit => audit.QueryAsync(It.IsAny<AuditQuery>(), It.IsAny<PageRequest>(), It.IsAny<CancellationToken>()))
                .ThrowsAsync(new InvalidOperationException("secret detail"));
            services.AddSingleton(broken.Object);
        });

        var (status, body, response) = await home.SendAsync(HttpMethod.Get, "/api/v1/audit", "dev.contoso.uma");

        Assert.Equal((500, "application/problem+json"), (status, response.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain("secret", body!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(body["traceId"]);
    }

    [Fact]
    public async Task Body_beyondTheLimit_isRefused()
    {
        await using var home = await Home.StartAsync(azurite);
        var (status, body, _) = await home.SendAsync(HttpMethod.Post, "/api/v1/gate", "dev.contoso.rae", new string(' ', 1024 * 1024 + 1));
        Assert.Equal((413, "PAYLOAD_TOO_LARGE"), (status, (string?)body!["code"]));
    }

    [Fact]
    public async Task The_copilot_answers_over_the_API_and_over_MCP()
    {
        await using var home = await Home.StartAsync(azurite);
        var request = await home.AskAsync();

        var (status, answer, _) = await home.SendAsync(HttpMethod.Post, "/api/v1/copilot/tools/list_my_inbox", "dev.contoso.mika", "{}");
        var (mcp, called, _) = await home.SendAsync(HttpMethod.Post, "/mcp", "dev.contoso.mika", """
            { "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "list_my_inbox" } }
            """);

        Assert.Equal((200, 200), (status, mcp));
        Assert.Contains(request, answer!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(answer.ToJsonString(), called!["result"]!["structuredContent"]!.ToJsonString());
        Assert.Equal(405, (await home.SendAsync(HttpMethod.Get, "/mcp", "dev.contoso.mika")).Status);
    }
}
