using System.Text;

namespace Approvals.Load;

/// <summary>The requests that a worker repeats.</summary>
internal sealed class Story(string host)
{
    private const string Buyer = "dev.load.buyer";
    private const string Boss = "dev.load.boss";

    /// <summary>A gate call: five lines, an amount below or above the policy's threshold.</summary>
    public byte[] Gate(long number, bool needsApproval)
    {
        var amount = needsApproval ? 7500 : 120;
        var body = $$$"""
            {"actionType":"load.bill.post","subject":{"type":"bill","id":"b-{{{number}}}"},"title":"Bill {{{number}}}","payload":{"number":"{{{number}}}","amount":{{{amount}}},"currency":"EUR","vendor":{"id":"v-{{{number % 5000}}}","name":"Vendor","isNew":false},"lines":[{"category":"opex","amount":10},{"category":"opex","amount":20},{"category":"opex","amount":30},{"category":"opex","amount":40},{"category":"opex","amount":20}]}}
            """;
        return Post("/api/v1/gate", Buyer, body);
    }

    public byte[] Approve(string requestId) => Post($"/api/v1/requests/{requestId}/decisions", Boss, """{"decision":"approve"}""");

    public byte[] Observe(string requestId) =>
        Encoding.ASCII.GetBytes($"GET /api/v1/gate/{requestId} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {Buyer}\r\n\r\n");

    public byte[] Inbox() => Encoding.ASCII.GetBytes($"GET /api/v1/inbox?limit=50 HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {Boss}\r\n\r\n");

    /// <summary>Everything that waits for the boss waits for the deputy too.</summary>
    public byte[] Delegate() => Post("/api/v1/delegations", Boss, $$"""{"delegate":"deputy","until":"{{DateTimeOffset.UtcNow.AddDays(1):O}}"}""");

    /// <summary>A page as a browser asks for it, but with a bearer in place of its session.</summary>
    /// <param name="person">Of the tenant.</param>
    /// <param name="coding">For <c>Accept-Encoding</c>.</param>
    public byte[] Page(string person, string path, string coding) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer dev.load.{person}\r\nAccept-Encoding: {coding}\r\n\r\n");

    private byte[] Post(string path, string who, string body) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {who}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
