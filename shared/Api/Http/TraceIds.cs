using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Http;

/// <summary>The W3C trace id of a call: the running activity's, else the caller's, else a new one.</summary>
internal static class TraceIds
{
    private const int Length = 32;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static string Of(HttpContext http) => Of(http.Request.Headers);

    public static string Of(IHeaderDictionary headers)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            return activity.TraceId.ToHexString();
        }
        return FromHeader(headers.TraceParent.ToString()) ?? ActivityTraceId.CreateRandom().ToHexString();
    }

    // version "-" trace id "-" parent id "-" flags; https://www.w3.org/TR/trace-context/#traceparent-header
    private static string? FromHeader(string header)
    {
        if (header.Length < 55 || header[2] != '-' || header[35] != '-')
        {
            return null;
        }
        var id = header.AsSpan(3, Length);
        return id.ContainsAnyExcept(LowerHex) || !id.ContainsAnyExcept('0') ? null : id.ToString();
    }
}
