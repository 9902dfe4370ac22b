using System.Collections.Immutable;

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
/// <param name="Path">Below <see cref="Prefix"/>, with its segments in braces.</param>
public sealed record ApiRoute(string Method, string Path, BodyUse Body, Handler Handler)
{
    /// <summary>Empty for what others expect at the root.</summary>
    public string Prefix { get; init; } = ApprovalsEndpoints.Prefix;

    /// <summary>Names of the parameters that the query may have; others are refused.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>As the server knows it.</summary>
    public string Pattern => Prefix + Path;

    public static ApiRoute Get(string path, Handler handler, params ReadOnlySpan<string> parameters) =>
        new("GET", path, BodyUse.None, handler) { Parameters = [.. parameters] };

    public static ApiRoute Post(string path, Handler handler, BodyUse body = BodyUse.Required) => new("POST", path, body, handler);

    public static ApiRoute Put(string path, Handler handler) => new("PUT", path, BodyUse.Required, handler);

    public static ApiRoute Delete(string path, Handler handler) => new("DELETE", path, BodyUse.None, handler);
}
