using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Testing;

namespace Approvals.Browser;

/// <summary>The running service, with what the tests ask of it as people of the demo tenant.</summary>
public sealed class Service : IAsyncDisposable
{
    private readonly ServiceProcess process;
    private readonly HttpClient http;

    private Service(ServiceProcess process)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = new Uri(Address, "/api/v1/") };
    }

    public Uri Address => process.Address;

    public static async Task<Service> StartAsync() => new(await ServiceProcess.StartAsync());

    /// <summary>Calls the API as somebody of the demo tenant; a status that is no success fails the test.</summary>
    public async Task<JsonNode> PostAsync(string person, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        return await SendAsync(person, request);
    }

    public async Task<JsonNode> GetAsync(string person, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(person, request);
    }

    /// <summary>A request of Rae's that waits for Mika; gives its id.</summary>
    /// <param name="number">Of the bill; unique among the tests.</param>
    public async Task<string> BillAsync(string number, double amount = 8200, string vendor = "Papierhaus Meyer")
    {
        var answer = await PostAsync("rae", "gate", new
        {
            actionType = "purchasing.vendorBill.post",
            subject = new { type = "bill", id = number },
            title = $"Bill {number} from {vendor}",
            description = "The bill will be posted to the ledger.",
            payload = new
            {
                number,
                amount,
                currency = "EUR",
                vendor = new { name = vendor, isNew = false },
                lines = new[] { new { sku = "A-1", text = "Paper", amount } },
                attachments = new[] { new { name = "Invoice.pdf", url = "https://files.contoso.test/invoice.pdf" }, new { name = "Scan", url = "http://files.contoso.test/scan" } },
            },
        });
        return answer["requestId"]!.GetValue<string>();
    }

    /// <summary>A request of the agent's, of one of the types with cards, that waits for one person.</summary>
    public async Task<string> CardAsync(string type, object payload, string title, string approver = "ana")
    {
        var answer = await PostAsync("bot-7", "requests", new
        {
            requestType = type,
            title,
            payload,
            subject = new { type = "agent", id = "bot-7" },
            levels = new[] { new { name = "Owner", approvers = new[] { $"user:{approver}" }, strategy = "any" } },
        });
        return answer["id"]!.GetValue<string>();
    }

    /// <summary>A request of the agent's for a key, which waits for the administrators.</summary>
    public async Task<string> KeyCardAsync(string service, string title)
    {
        var subject = new { type = "agent", id = "bot-7" };
        var answer = await PostAsync("bot-7", "requests", new { requestType = "api_key_request", title, payload = new { service }, subject });
        return answer["id"]!.GetValue<string>();
    }

    /// <summary>The path of the link in somebody's newest message about a bill.</summary>
    public async Task<string> LinkAsync(string bill, string person = "mika")
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var feed = await GetAsync(person, "notifications");
            foreach (var item in feed["items"]!.AsArray())
            {
                var link = item!["link"]?.GetValue<string>();
                if (item["title"]!.GetValue<string>().Contains(bill, StringComparison.Ordinal) && link?.Contains("/a/", StringComparison.Ordinal) is true)
                {
                    return new Uri(link).AbsolutePath;
                }
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"Mika was not told of {bill}.");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    private async Task<JsonNode> SendAsync(string person, HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"dev.contoso.{person}");
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {request.RequestUri}: {body}");
        return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions())!;
    }
}
