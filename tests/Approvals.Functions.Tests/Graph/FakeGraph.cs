using System.Net;

namespace Approvals.Functions.Tests.Graph;

/// <summary>Microsoft Graph by its addresses: what is not set is not found.</summary>
internal sealed class FakeGraph : HttpMessageHandler
{
    public const string Root = "https://graph.microsoft.com/v1.0/";

    /// <summary>Answers by how the address begins, after the root.</summary>
    public Dictionary<string, string> Pages { get; } = new(StringComparer.Ordinal);

    public List<string> Asked { get; } = [];

    /// <summary>How many calls are told to come back later.</summary>
    public int Busy { get; set; }

    public bool IsDown { get; set; }

    /// <summary>Completed calls wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("Bearer graph-token", request.Headers.Authorization?.ToString());
        var path = Uri.UnescapeDataString(request.RequestUri!.AbsoluteUri[Root.Length..]);
        Asked.Add(path);
        await Gate;
        if (IsDown)
        {
            return new HttpResponseMessage(HttpStatusCode.InternalServerError);
        }
        if (Busy > 0)
        {
            Busy--;
            return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(7)) } };
        }
        var page = Pages.Where(page => path.StartsWith(page.Key, StringComparison.Ordinal)).MaxBy(page => page.Key.Length).Value;
        return page is null ? new HttpResponseMessage(HttpStatusCode.NotFound) : new HttpResponseMessage { Content = new StringContent(page) };
    }
}
