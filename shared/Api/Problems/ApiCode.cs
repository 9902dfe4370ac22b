namespace Approvals.Api.Problems;

/// <summary>Codes that only the HTTP interface has; the others are <see cref="Chains.RefusalCode"/>.</summary>
public static class ApiCode
{
    public const string CrossSite = "CROSS_SITE";
    public const string TokenScopeMissing = "TOKEN_SCOPE_MISSING";
    public const string SignInRequired = "SIGN_IN_REQUIRED";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string AddressTooLong = "ADDRESS_TOO_LONG";
    public const string HeadersTooLarge = "HEADERS_TOO_LARGE";
    public const string TooSlow = "REQUEST_TOO_SLOW";
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    public const string InternalError = "INTERNAL_ERROR";
    public const string Unavailable = "SERVICE_UNAVAILABLE";
}
