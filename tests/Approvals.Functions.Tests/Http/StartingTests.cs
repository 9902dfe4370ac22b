using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Hosting;
using Approvals.Ports;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.Http;

/// <summary>The Functions host sends calls to a worker from its first moment on: before its directory and its policies are in effect.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class StartingTests(AzuriteFixture azurite)
{
    private const string Bill = """
        { "actionType": "purchasing.vendorBill.post", "subject": { "type": "vendorBill", "id": "B-1" }, "payload": { "amount": 7200, "currency": "EUR" } }
        """;

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/sign-in")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/api/v1/inbox")]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("POST", "/api/v1/gate")]
    [InlineData("POST", "/mcp")]
    [InlineData("GET", "/a/forged")]
    [InlineData("GET", "/healthz/ready")]
    public async Task Call_whileTheStartIsHeld_isNotReady(string method, string path)
    {
        await using var home = await Home.HeldAsync(azurite);

        var (status, body, response) = await home.SendAsync(new HttpMethod(method), path, "dev.contoso.rae", method == "POST" ? Bill : null);

        Assert.Equal((503, "SERVICE_UNAVAILABLE"), (status, (string?)body!["code"]));
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(200, (await home.SendAsync(HttpMethod.Get, "/healthz", null)).Status);
    }

    [Fact]
    public async Task Gate_whileTheStartGoesOn_neverAllowsAndNeverRefusesTheCaller()
    {
        await using var home = await Home.HeldAsync(azurite);
        var tables = home.Services.GetRequiredService<ServiceTables>();
        await tables.CreateAsync(default);
        var another = new Lease(tables.Events, "policies", TimeProvider.System);
        Assert.True(await another.TryHoldAsync(default));
        var start = home.BeginAsync();
        var catalog = home.Services.GetRequiredService<ITenantCatalog>();
        while (await catalog.FindAsync("contoso", default) is null)
        {
            // The directory comes before the policies.
            Assert.Equal(503, await AskAsync(home));
        }

        Assert.Equal(503, await AskAsync(home));
        Assert.False(start.IsCompleted);
        await another.ReleaseAsync(default);
        int status;
        do
        {
            status = await AskAsync(home);
        }
        while (status == 503);

        Assert.Equal(202, status);
        await start;
    }

    [Fact]
    public async Task Start_withAPolicyFileThatCannotBeRead_answersNothing()
    {
        using var policies = new TemporaryDirectory();
        File.CreateSymbolicLink(Path.Combine(policies.Path, "gone.json"), Path.Combine(policies.Path, "nowhere"));
        await using var home = await Home.HeldAsync(azurite, [("Approvals:PoliciesDirectory", policies.Path)]);

        var fault = await Assert.ThrowsAsync<SettingsException>(home.BeginAsync);

        Assert.Contains("gone.json", fault.Message, StringComparison.Ordinal);
        Assert.Equal(503, await AskAsync(home));
    }

    private static async Task<int> AskAsync(Home home) => (await home.SendAsync(HttpMethod.Post, "/api/v1/gate", "dev.contoso.rae", Bill)).Status;
}
