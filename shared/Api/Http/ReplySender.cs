using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Http;

/// <summary>Puts an answer into the response; the server flushes it when the call ends.</summary>
internal static class ReplySender
{
    public static void Send(HttpResponse response, in Reply reply)
    {
        if (reply.Status == 0)
        {
            return;
        }
        response.StatusCode = reply.Status;
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        if (reply.Location is not null)
        {
            headers.Location = reply.Location;
        }
        if (reply.RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        if (reply.Body is { } body)
        {
            var bytes = body.Written.Span;
            headers.ContentType = reply.ContentType;
            headers.ContentLength = bytes.Length;
            var writer = response.BodyWriter;
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
            body.Dispose();
        }
    }
}
