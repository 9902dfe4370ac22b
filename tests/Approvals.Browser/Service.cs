using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Browser;

/// <summary>The standalone service with its demo tenant, as a process of its own on a port of its own.</summary>
public sealed class Service : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly string directory;
    private readonly HttpClient http;

    private Service(Process process, string directory, Uri address)
    {
        this.process = process;
        this.directory = directory;
        Address = address;
        http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/") };
    }

    public Uri Address { get; }

    public static async Task<Service> StartAsync()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("approvals-browser-").FullName;
        var start = new ProcessStartInfo("dotnet", [Assembly()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment["Approvals__Url"] = "http://127.0.0.1:0";
        start.Environment["Approvals__DataDirectory"] = Path.Combine(directory, "data");
        var process = Process.Start(start)!;
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        void Read(string? line)
        {
            const string Listening = "Listening on ";
            lock (output)
            {
                output.Add(line ?? "");
            }

            if (line?.StartsWith(Listening, StringComparison.Ordinal) is true)
            {
                ready.TrySetResult(new Uri(line[Listening.Length..]));
            }
        }

        process.OutputDataReceived += (_, read) => Read(read.Data);
        process.ErrorDataReceived += (_, read) => Read(read.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The service ended:\n" + string.Join('\n', output)));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Service(process, directory, await ready.Task.WaitAsync(StartsWithin));
    }

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
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        System.IO.Directory.Delete(directory, recursive: true);
    }

    private async Task<JsonNode> SendAsync(string person, HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"dev.contoso.{person}");
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {request.RequestUri}: {body}");
        return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions())!;
    }

    /// <summary>As built along with these tests, in the same configuration.</summary>
    private static string Assembly()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = here.Parent!.Name;
        var root = here;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Approvals.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root!.FullName, "standalone", "bin", configuration, here.Name, "Approvals.Standalone.dll");
    }
}
