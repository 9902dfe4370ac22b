using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Bytes that no HTTP client would send. Every answer is a problem, whoever of server and application gave it.</summary>
public sealed class RawSocketTests(HostileInputTests.Running running) : IClassFixture<HostileInputTests.Running>
{
    private const string Own = "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer dev.acme.rae\r\n";
    private const string Post = "POST /api/v1/gate HTTP/1.1\r\n" + Own + "Content-Type: application/json\r\n";

    public static TheoryData<string, string, int, string> Requests => new()
    {
        { "no HTTP", "hello\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a TLS greeting", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "no version", "GET /api/v1/inbox\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a version to come", "GET /api/v1/inbox HTTP/9.9\r\n" + Own + "\r\n", 400, "VALIDATION_FAILED" },
        { "a zero in the path", "GET /api/v1/requests/%00 HTTP/1.1\r\n" + Own + "\r\n", 400, "VALIDATION_FAILED" },
        { "a raw zero in the path", "GET /api/v1/requests/\u0000 HTTP/1.1\r\n" + Own + "\r\n", 400, "VALIDATION_FAILED" },
        { "a raw byte in the path", "GET /api/v1/requests/\u00ff HTTP/1.1\r\n" + Own + "\r\n", 400, "VALIDATION_FAILED" },
        { "no address", "GET  HTTP/1.1\r\n" + Own + "\r\n", 400, "VALIDATION_FAILED" },
        { "a method of a proxy", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\nConnection: close\r\n\r\n", 405, "METHOD_NOT_ALLOWED" },
        { "a star for another method", "GET * HTTP/1.1\r\n" + Own + "\r\n", 405, "METHOD_NOT_ALLOWED" },
        { "a long request line", "GET /" + new string('a', 9_000) + " HTTP/1.1\r\n" + Own + "\r\n", 414, "ADDRESS_TOO_LONG" },
        { "a long header", "GET /api/v1/inbox HTTP/1.1\r\n" + Own + "X-A: " + new string('a', 40_000) + "\r\n\r\n", 431, "HEADERS_TOO_LARGE" },
        { "many headers", "GET /api/v1/inbox HTTP/1.1\r\n" + Own + string.Concat(Enumerable.Range(0, 120).Select(i => $"X-{i}: 1\r\n")) + "\r\n", 431, "HEADERS_TOO_LARGE" },
        { "no Host", "GET /api/v1/inbox HTTP/1.1\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "two Hosts", "GET /api/v1/inbox HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a malformed Host", "GET /api/v1/inbox HTTP/1.1\r\nHost: local host\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a foreign Host", "GET /api/v1/inbox HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a Host that is not the address's", "GET http://a.example/api/v1/inbox HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a header that is no UTF-8", "GET /api/v1/inbox HTTP/1.1\r\n" + Own + "X-A: \u00ff\u00fe\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a zero in a header", "GET /api/v1/inbox HTTP/1.1\r\n" + Own + "X-A: a\u0000b\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a header without a colon", "GET /api/v1/inbox HTTP/1.1\r\n" + Own + "X-A\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a blank before the colon", "GET /api/v1/inbox HTTP/1.1\r\n" + Own + "X-A : 1\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a folded header", "GET /api/v1/inbox HTTP/1.1\r\n" + Own + "X-A: 1\r\n 2\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a length that is no number", Post + "Content-Length: ten\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a negative length", Post + "Content-Length: -1\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "two lengths", Post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400, "VALIDATION_FAILED" },
        { "a coding that is not chunked", Post + "Transfer-Encoding: gzip\r\n\r\n{}", 400, "VALIDATION_FAILED" },
        { "no length where one is needed", "POST /api/v1/gate HTTP/1.0\r\n" + Own + "Content-Type: application/json\r\n\r\n{}", 400, "VALIDATION_FAILED" },
        { "a chunk without a size", Post + "Transfer-Encoding: chunked\r\n\r\nx\r\n{}\r\n0\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a chunk longer than its size", Post + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n", 400, "VALIDATION_FAILED" },
        { "a chunk of a size beyond numbers", Post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n", 400, "VALIDATION_FAILED" },
        { "an announced body too large", Post + "Content-Length: 99999999\r\n\r\n", 413, "PAYLOAD_TOO_LARGE" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Whatever_comes_the_answer_is_one_problem(string name, string request, int status, string code)
    {
        Assert.NotEmpty(name);
        var (head, body) = await SendAsync(request);
        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", head, StringComparison.Ordinal);
        // Parsing fails on anything that follows the one answer.
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal((status, code), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task The_answer_before_is_not_lost()
    {
        var (head, rest) = await SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nhello\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", head, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_trace_id_is_kept_where_its_header_was_read()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var (_, body) = await SendAsync($"GET /api/v1/inbox HTTP/1.1\r\ntraceparent: 00-{trace}-00f067aa0ba902b7-01\r\nHost: local host\r\n\r\n");
        Assert.Equal(trace, JsonDocument.Parse(body).RootElement.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task A_head_request_gets_no_body()
    {
        var (head, body) = await SendAsync("HEAD /healthz HTTP/1.1\r\nHost: local host\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", head, StringComparison.Ordinal);
        Assert.Equal("", body);
    }

    /// <summary>Sends, one byte a character, and reads until the service closes.</summary>
    private async Task<(string Head, string Body)> SendAsync(string request)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(running.Service.Http.BaseAddress!.Host, running.Service.Http.BaseAddress.Port, deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), deadline.Token);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, deadline.Token);
        }
        catch (IOException)
        {
            // The service closed before it had read what it refused.
        }
        var text = Encoding.UTF8.GetString(answer.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? (text, "") : (text[..end], text[(end + 4)..]);
    }
}
