using System.Collections.Immutable;
using Approvals.Tokens;

namespace Approvals.Api.Http;

/// <summary>Answers one call.</summary>
public delegate ValueTask<Reply> Handler(Call call);

/// <summary>Whether a route takes a body.</summary>
public enum BodyUse
{
    None,

    /// <summary>No body counts as an empty object.</summary>
    Optional,
    Required,
}

/// <summary>One route of the API.</summary>
/// <param name="Scope">What a token must have for it, any of these; none: what is asked for within says it (tools).</param>
/// <param name="Path">Below <see cref="Prefix"/>, with its segments in braces.</param>
public sealed record ApiRoute(Scopes Scope, string Method, string Path, BodyUse Body, Handler Handler)
{
    /// <summary>Empty for what others expect at the root.</summary>
    public string Prefix { get; init; } = ApprovalsEndpoints.Prefix;

    /// <summary>Names of the parameters that the query may have; others are refused.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>As the server knows it.</summary>
    public string Pattern => Prefix + Path;

    public static ApiRoute Get(Scopes scope, string path, Handler handler, params ReadOnlySpan<string> parameters) =>
        new(scope, "GET", path, BodyUse.None, handler) { Parameters = [.. parameters] };

    public static ApiRoute Post(Scopes scope, string path, Handler handler, BodyUse body = BodyUse.Required) =>
        new(scope, "POST", path, body, handler);

    public static ApiRoute Put(Scopes scope, string path, Handler handler) => new(scope, "PUT", path, BodyUse.Required, handler);

    public static ApiRoute Delete(Scopes scope, string path, Handler handler) => new(scope, "DELETE", path, BodyUse.None, handler);
}
