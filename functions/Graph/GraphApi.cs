using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;

namespace Approvals.Functions.Graph;

/// <summary>Reads from Microsoft Graph v1.0, as the app's own identity.</summary>
internal sealed class GraphApi(HttpClient client, TokenCredential credential, TimeProvider time)
{
    private const string Root = "https://graph.microsoft.com/v1.0/";
    private const int MostTries = 5;

    private static readonly TokenRequestContext Scope = new(["https://graph.microsoft.com/.default"]);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    /// <summary>Every item of a list, page by page.</summary>
    /// <param name="path">Below the root, with its query.</param>
    /// <exception cref="HttpRequestException">Graph refuses it, or does not answer.</exception>
    public async IAsyncEnumerable<JsonElement> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (Uri? next = new(Root + path); next is not null;)
        {
            using var page = await GetAsync(next, cancellation);
            foreach (var item in page.RootElement.GetProperty("value").EnumerateArray())
            {
                yield return item;
            }
            next = page.RootElement.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!) : null;
        }
    }

    /// <summary>One thing.</summary>
    /// <inheritdoc cref="ListAsync"/>
    public Task<JsonDocument> FindAsync(string path, CancellationToken cancellation) => GetAsync(new Uri(Root + path), cancellation);

    private async Task<JsonDocument> GetAsync(Uri address, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var token = await credential.GetTokenAsync(Scope, cancellation);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (tries < MostTries && IsPassing(response.StatusCode))
            {
                await Task.Delay(WaitOf(response), time, cancellation);
                continue;
            }
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
        }
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan WaitOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } asked && asked > TimeSpan.Zero ? (asked < LongestWait ? asked : LongestWait) : Wait;
}
