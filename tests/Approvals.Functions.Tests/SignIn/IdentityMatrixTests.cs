using Approvals.Actors;
using Approvals.Audit;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Http;
using Approvals.Ports;
using Approvals.Testing;
using Approvals.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.SignIn;

/// <summary>The same answers to the same identities as at home.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class IdentityMatrixTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_identity_gets_its_answer_at_every_route_that_changes_something()
    {
        using var directory = new TemporaryDirectory();
        IdentityMatrix.Write(directory.Path);
        await using var home = await Home.StartAsync(
            azurite,
            [
                ("WEBSITE_AUTH_ENABLED", "True"), ("Approvals:SignIn", "easyAuth,tokens,development"),
                ("Approvals:DirectoryFile", $"{directory.Path}/directory.json"), ("Approvals:PoliciesDirectory", $"{directory.Path}/policies"),
            ]);

        var table = await new IdentityMatrix(request => home.Http.SendAsync(request), MakeAsync).TableAsync();

        Assert.Equal(IdentityMatrix.Expected, table);

        async Task<string> MakeAsync(string person, Scopes scopes)
        {
            var (token, text) = TokenIssue.New(IdentityMatrix.Tenant, person, Actor.System.Id, DateTimeOffset.UtcNow, null, scopes);
            await home.Services.GetRequiredService<ITokenStore>().AddAsync(
                token, TokenIssue.Entry(token, AuditAction.TokenCreated, Actor.System, Origin.Internal, token.CreatedAt), CancellationToken.None);
            return text;
        }
    }
}
