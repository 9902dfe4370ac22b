using System.Collections.Frozen;
using Approvals.Chains;

namespace Approvals.Api.Problems;

/// <summary>The one table from code to HTTP status and title.</summary>
/// <param name="Type">RFC 9457 <c>type</c>.</param>
public sealed record ProblemKind(string Code, int Status, string Title, string Type)
{
    private static readonly FrozenDictionary<string, ProblemKind> Table = new[]
    {
        Kind(RefusalCode.ValidationFailed, 400, "The request is not valid"),
        Kind(RefusalCode.PolicyInvalid, 400, "The policy is not valid"),
        Kind(RefusalCode.InvalidLevel, 400, "The approval levels are not valid"),
        Kind(RefusalCode.ReasonRequired, 400, "A reason is required"),
        Kind(ApiCode.SignInRequired, 401, "Sign-in is required"),
        Kind(ApiCode.CrossSite, 403, "Another site's page sent this"),
        Kind(ApiCode.TokenScopeMissing, 403, "The token is not for this"),
        Kind(RefusalCode.NotAuthorized, 403, "You may not do this"),
        Kind(RefusalCode.SelfApproval, 403, "Nobody decides their own request"),
        Kind(RefusalCode.AgentForbidden, 403, "Only people may decide"),
        Kind(RefusalCode.AssuranceRequired, 403, "The level asks for a stronger sign-in"),
        Kind(RefusalCode.Denied, 403, "The action was denied"),
        Kind(RefusalCode.NotFound, 404, "Not found"),
        Kind(ApiCode.MethodNotAllowed, 405, "The method is not allowed here"),
        Kind(RefusalCode.Timeout, 408, "Nobody decided in time"),
        Kind(ApiCode.TooSlow, 408, "The request took too long to arrive"),
        Kind(RefusalCode.AlreadyDecided, 409, "Already decided"),
        Kind(RefusalCode.AlreadyWithdrawn, 409, "Already withdrawn"),
        Kind(RefusalCode.PayloadChanged, 409, "The payload is not the one that was approved"),
        Kind(RefusalCode.StaleView, 409, "Not the payload that is under decision"),
        Kind(RefusalCode.AlreadyExecuted, 409, "Already executed"),
        Kind(RefusalCode.GrantExpired, 409, "The grant has expired"),
        Kind(RefusalCode.DelegationCycle, 409, "The delegation closes a circle"),
        Kind(RefusalCode.InvalidState, 409, "Not possible in this status"),
        Kind(RefusalCode.LinkInvalid, 410, "The link is no longer valid"),
        Kind(RefusalCode.PayloadTooLarge, 413, "Too large"),
        Kind(ApiCode.AddressTooLong, 414, "The address is too long"),
        Kind(ApiCode.UnsupportedMediaType, 415, "The body must be JSON"),
        Kind(RefusalCode.IdempotencyKeyReused, 422, "The idempotency key was used for another request"),
        Kind(RefusalCode.RateLimited, 429, "Too many requests"),
        Kind(RefusalCode.TooManyOpen, 429, "Too many open requests"),
        Kind(ApiCode.HeadersTooLarge, 431, "The headers are too large"),
        Kind(ApiCode.InternalError, 500, "Something went wrong here"),
        Kind(ApiCode.Unavailable, 503, "Not ready"),
    }.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);

    /// <summary>Every kind, by status and code.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } = [.. Table.Values.OrderBy(k => k.Status).ThenBy(k => k.Code, StringComparer.Ordinal)];

    /// <summary>A code that is not in the table is a fault of this service, and answers as one.</summary>
    public static ProblemKind Of(string code) => Table.GetValueOrDefault(code) ?? Table[ApiCode.InternalError];

    private static ProblemKind Kind(string code, int status, string title) =>
        new(code, status, title, "urn:approvals:problem:" + code.ToLowerInvariant().Replace('_', '-'));
}
