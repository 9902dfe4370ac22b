using Approvals.Testing;
using Approvals.Tokens;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Who may do what, whoever they are told to be.</summary>
public sealed class IdentityMatrixTests
{
    [Fact]
    public async Task Every_identity_gets_its_answer_at_every_route_that_changes_something()
    {
        using var home = new TemporaryDirectory();
        IdentityMatrix.Write(home.Path);
        await using var service = await Service.StartAsync(
            ["--Approvals:SignIn=development,tokens,proxy", "--Approvals:TrustedProxies=127.0.0.1", $"--Approvals:DirectoryFile={home.Path}/directory.json",
                $"--Approvals:PoliciesDirectory={home.Path}/policies"]);

        var table = await new IdentityMatrix(request => service.Http.SendAsync(request), (person, scopes) => Tokens.MakeAsync(service, person, scopes)).TableAsync();

        Assert.Equal(IdentityMatrix.Expected, table);
    }
}
