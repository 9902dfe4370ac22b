using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Approvals.Client.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Client.Tests;

/// <summary>Endpoints of an application that run only once approved: minimal APIs and MVC, over real HTTP.</summary>
[Collection(Running.Name)]
public sealed class EndpointTests(Running service) : IAsyncLifetime
{
    private const string Action = "purchasing.vendorBill.post";
    private WebApplication? _application;
    private HttpClient? _http;

    public async Task InitializeAsync()
    {
        _application = Application(service.Address);
        await _application.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_application.Urls.Single()) };
        Executions.Clear();
    }

    public async Task DisposeAsync()
    {
        _http!.Dispose();
        await _application!.DisposeAsync();
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("mvc")]
    public async Task A_call_runs_once_after_its_approval(string kind)
    {
        var number = $"E-{kind}-1";
        using var pending = await PostAsync(kind, number);
        Assert.Equal(HttpStatusCode.Accepted, pending.StatusCode);
        var id = (await pending.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("requestId").GetString()!;
        Assert.Empty(Executions.All);

        await DecideAsync(kind, id, "approve");
        using var executed = await PostAsync(kind, number);
        Assert.Equal(HttpStatusCode.OK, executed.StatusCode);
        Assert.Equal(number, await executed.Content.ReadFromJsonAsync<string>());
        Assert.Equal([number], Executions.All);
        Assert.Equal("succeeded", (await service.HistoryAsync(id)).Last(entry => entry.Action == "execution_reported").Detail);

        using var again = await PostAsync(kind, number);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal([number], Executions.All);
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("mvc")]
    public async Task A_rejected_call_gets_the_reason(string kind)
    {
        var number = $"E-{kind}-2";
        using var pending = await PostAsync(kind, number);
        await DecideAsync(kind, (await pending.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("requestId").GetString()!, "reject", "Not ours.");
        using var denied = await PostAsync(kind, number);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        var problem = await denied.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("APPROVAL_DENIED", problem.GetProperty("code").GetString());
        Assert.Equal("Not ours.", problem.GetProperty("detail").GetString());
        Assert.Empty(Executions.All);
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("mvc")]
    public async Task An_endpoint_that_fails_is_reported_as_failed(string kind)
    {
        var number = $"E-{kind}-fails";
        using var pending = await PostAsync(kind, number);
        var id = (await pending.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("requestId").GetString()!;
        await DecideAsync(kind, id, "approve");
        using var failed = await PostAsync(kind, number);
        Assert.Equal(HttpStatusCode.Conflict, failed.StatusCode);
        Assert.Equal("failed", (await service.HistoryAsync(id)).Last(entry => entry.Action == "execution_reported").Detail);
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("mvc")]
    public async Task Who_may_not_call_is_refused_before_anybody_is_asked(string kind)
    {
        using var call = Call(kind, $"E-{kind}-3");
        call.Headers.Remove("X-User");
        using var refused = await _http!.SendAsync(call);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"number":"x","number":"y"}""", HttpStatusCode.BadRequest)]
    public async Task A_body_that_cannot_be_approved_is_refused(string mediaType, string body, HttpStatusCode status)
    {
        using var call = Call("minimal", "none");
        call.Content = new StringContent(body, Encoding.UTF8, mediaType);
        using var refused = await _http!.SendAsync(call);
        Assert.Equal(status, refused.StatusCode);
        Assert.Empty(Executions.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused(bool chunked)
    {
        using var call = Call("minimal", new string('x', 300_000));
        call.Headers.TransferEncodingChunked = chunked;
        using var refused = await _http!.SendAsync(call);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Empty(Executions.All);
    }

    [Fact]
    public async Task A_service_that_is_away_keeps_the_endpoint_from_running()
    {
        await using var application = Application(new Uri("http://127.0.0.1:1"));
        await application.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
        using var call = Call("minimal", "E-away");
        using var refused = await http.SendAsync(call);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Empty(Executions.All);
    }

    private Task<HttpResponseMessage> PostAsync(string kind, string number) => _http!.SendAsync(Call(kind, number));

    private static HttpRequestMessage Call(string kind, string number) => new(HttpMethod.Post, $"/{kind}/bills?now=1")
    {
        Headers = { { "X-User", "clerk" } },
        Content = JsonContent.Create(new { number, amount = 9000, currency = "EUR", vendor = new { name = "Nordwind", isNew = false } }),
    };

    /// <summary>The attribute's payload is the whole call, in which the policy finds no amount: the fallback approvers are asked.</summary>
    private Task DecideAsync(string kind, string id, string decision, string? comment = null) =>
        service.DecideAsync(kind == "mvc" ? "ada" : "mika", id, decision, comment);

    private static WebApplication Application(Uri approvals)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddApprovalsClient(approvals, (_, _) => ValueTask.FromResult("dev.contoso.rae"));
        builder.Services.ConfigureAll<Microsoft.Extensions.Http.Resilience.HttpStandardResilienceOptions>(options => options.Retry.Delay = TimeSpan.Zero);
        builder.Services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("header", null);
        builder.Services.AddAuthorization();
        builder.Services.AddControllers().ConfigureApplicationPartManager(parts =>
        {
            parts.ApplicationParts.Clear();
            parts.ApplicationParts.Add(new AssemblyPart(typeof(EndpointTests).Assembly));
        });
        var application = builder.Build();
        application.UseAuthentication();
        application.UseAuthorization();
        application.MapPost("/minimal/bills", (ServiceTests.Bill bill) => Executions.Run(bill.Number) ? Results.Ok(bill.Number) : Results.Conflict())
            .RequireAuthorization()
            .RequireApproval(Action, options => (options.Subject, options.Payload) = ((_, body) => ("vendorBill", Number(body)), (_, body) => body));
        application.MapControllers();
        return application;
    }

    private static string Number(JsonElement body) => body.TryGetProperty("number", out var number) ? number.GetString()! : "none";

    private sealed class HeaderSignIn(
        Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> options, Microsoft.Extensions.Logging.ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-User"] is not [{ } user])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }
            var identity = new System.Security.Claims.ClaimsIdentity([new("name", user)], Scheme.Name, "name", "role");
            return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme.Name)));
        }
    }
}

/// <summary>What the endpoints of the tests carried out.</summary>
internal static class Executions
{
    private static readonly List<string> Numbers = [];

    public static IReadOnlyList<string> All => Numbers;

    public static void Clear() => Numbers.Clear();

    public static bool Run(string number)
    {
        Numbers.Add(number);
        return !number.EndsWith("fails", StringComparison.Ordinal);
    }
}

/// <summary>An MVC controller behind the gate.</summary>
[ApiController]
[Microsoft.AspNetCore.Authorization.Authorize]
[Route("mvc/bills")]
public sealed class BillsController : ControllerBase
{
    [HttpPost]
    [RequireApproval("purchasing.vendorBill.post")]
    public IActionResult Post([FromBody] JsonElement bill)
    {
        var number = bill.GetProperty("number").GetString()!;
        return Executions.Run(number) ? new JsonResult(number) : Conflict();
    }
}
