using Microsoft.AspNetCore.Http;

namespace Approvals.Api.SignIn;

/// <summary>Reads and validates the credential of a call; each host and each way of signing in has its own.</summary>
public interface IPrincipalReader
{
    /// <summary>The header in which a proxy or the platform says whom it has signed in.</summary>
    const string ProxyHeader = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>Offered in <c>WWW-Authenticate</c>.</summary>
    string Challenge { get; }

    /// <summary>Null: there is no credential, or it is not valid. Which of both is not told.</summary>
    ValueTask<Principal?> ReadAsync(HttpContext http);
}
