using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Rendering;

/// <summary>Whether a client takes Brotli, and the compression itself.</summary>
internal static class ContentCoding
{
    public const string Brotli = "br";

    /// <summary><see cref="Brotli"/> where the client accepts it, else null.</summary>
    public static string? Choose(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(coding => coding.Value.Equals(Brotli, StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0)
            ? Brotli
            : null;

    public static byte[] Compress(ReadOnlySpan<byte> bytes, CompressionLevel level)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, level))
        {
            brotli.Write(bytes);
        }

        return output.ToArray();
    }
}
