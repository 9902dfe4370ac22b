using System.Net;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Approvals.Standalone.Tests.Api;

/// <summary>The copilot over MCP: as its own client speaks it, and as the wire must be.</summary>
public sealed class McpTests
{
    [Fact]
    public async Task The_protocols_own_client_finds_and_calls_the_tools()
    {
        await using var service = await Service.StartAsync();
        var request = await Stories.PendingAsync(service, "1");
        await using var client = await ConnectAsync(service, "mo");
        var tools = await client.ListToolsAsync();
        Assert.Equal(8, tools.Count);
        Assert.DoesNotContain(tools, tool => tool.Name.Contains("decide", StringComparison.Ordinal) || tool.Name.Contains("approve", StringComparison.Ordinal));
        var called = await client.CallToolAsync("list_my_inbox", new Dictionary<string, object?> { ["limit"] = 5 });
        Assert.NotEqual(true, called.IsError);
        var structured = Json(called);
        Assert.Equal(request, structured.GetProperty("cards")[1].GetProperty("provenance")[0].GetProperty("ref").GetString());
        Assert.Equal(structured.GetRawText(), JsonDocument.Parse(Assert.IsType<TextContentBlock>(Assert.Single(called.Content)).Text).RootElement.GetRawText());
    }

    [Fact]
    public async Task A_refusal_is_an_error_of_the_tool_with_its_code()
    {
        await using var service = await Service.StartAsync();
        await using var client = await ConnectAsync(service, "bot");
        var called = await client.CallToolAsync("scan_risks");
        Assert.True(called.IsError);
        Assert.Contains("APPROVAL_NOT_AUTHORIZED", Assert.IsType<TextContentBlock>(Assert.Single(called.Content)).Text, StringComparison.Ordinal);
        var asked = await client.CallToolAsync("request_approval", new Dictionary<string, object?>
        {
            ["actionType"] = "one.thing",
            ["subject"] = new { type = "thing", id = "7" },
            ["payload"] = new { id = "7" },
        });
        Assert.Equal("Waits for approval", Json(asked).GetProperty("cards")[0].GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""", 200, "\"protocolVersion\":\"2025-06-18\"")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1999-01-01"}}""", 200, "\"protocolVersion\":\"2025-11-25\"")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","method":"ping"}""", 200, """{"jsonrpc":"2.0","id":"a","result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", 202, "")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"resources/list"}""", 200, "\"code\":-32601")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"decide"}}""", 200, "\"code\":-32602")]
    [InlineData("""[{"jsonrpc":"2.0","id":2,"method":"ping"}]""", 400, "\"code\":-32600")]
    [InlineData("""{"id":2,"method":"ping"}""", 400, "\"code\":-32600")]
    [InlineData("""{""", 400, "VALIDATION_FAILED")]
    public async Task Each_message_has_its_answer(string message, int status, string expected)
    {
        await using var service = await Service.StartAsync();
        var (code, text) = await PostAsync(service, message);
        Assert.Equal(status, (int)code);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_stream_no_other_origin_no_unknown_version_and_no_stranger()
    {
        await using var service = await Service.StartAsync();
        const string ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await service.Http.GetAsync("/mcp")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(service, ping, person: null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(service, ping, header: ("Origin", "https://elsewhere.test"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(service, ping, header: ("Origin", service.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, ping, header: ("MCP-Protocol-Version", "1999-01-01"))).Status);
    }

    private static JsonElement Json(CallToolResult called) => JsonSerializer.SerializeToElement(called.StructuredContent);

    private static Task<McpClient> ConnectAsync(Service service, string person) => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(service.Http.BaseAddress!, "/mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer dev.{World.Tenant}.{person}" },
    }));

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(
        Service service, string message, string? person = "rae", (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        if (person is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer dev.{World.Tenant}.{person}");
        }
        if (header is { } sent)
        {
            request.Headers.TryAddWithoutValidation(sent.Name, sent.Value);
        }
        using var response = await service.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
