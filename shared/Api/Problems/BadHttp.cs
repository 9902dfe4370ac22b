using Approvals.Chains;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Problems;

/// <summary>What the server itself would not take, by the status that it gave: the request line, the headers, or the framing of the body.</summary>
public static class BadHttp
{
    public static readonly Problem TooLarge = Problem.Of(RefusalCode.PayloadTooLarge, "A body may have at most 1 MiB.");

    public static readonly Problem WrongMethod = Problem.Of(ApiCode.MethodNotAllowed, "See the Allow header.");

    private static readonly Problem Malformed =
        Problem.Invalid("", "This is not valid HTTP/1.1: the request line, a header, the Host or the framing of the body, which may have ended early.");

    private static readonly Problem TooSlow = Problem.Of(ApiCode.TooSlow, "The headers or the body arrived too slowly.");

    private static readonly Problem AddressTooLong = Problem.Of(ApiCode.AddressTooLong, "A request line may have at most 8 KiB.");

    private static readonly Problem HeadersTooLarge = Problem.Of(ApiCode.HeadersTooLarge, "There may be at most 100 headers, of 32 KiB together.");

    /// <param name="status">Any; what has no problem of its own, a version of HTTP that is not spoken here too, is malformed.</param>
    public static Problem Of(int status) => status switch
    {
        StatusCodes.Status405MethodNotAllowed => WrongMethod,
        StatusCodes.Status408RequestTimeout => TooSlow,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status414UriTooLong => AddressTooLong,
        StatusCodes.Status431RequestHeaderFieldsTooLarge => HeadersTooLarge,
        _ => Malformed,
    };
}
