using System.Collections.Immutable;
using Approvals.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary>Asks several ways of signing in, one after the other; the first that knows the caller counts.</summary>
public sealed class FirstPrincipal(ImmutableArray<IPrincipalReader> readers) : IPrincipalReader
{
    public string Challenge => readers[0].Challenge;

    public async ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        foreach (var reader in readers)
        {
            if (await reader.ReadAsync(http) is { } principal)
            {
                return principal;
            }
        }
        return null;
    }
}
