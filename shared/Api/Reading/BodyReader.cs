using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Approvals.Api.Problems;
using Approvals.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Approvals.Api.Reading;

/// <summary>A body as it was read, or what was wrong with it.</summary>
/// <param name="Hash">Lower-case hex SHA-256 of method, path and body; null where nobody asked for it.</param>
public readonly record struct ReadBody(Value Value, string? Hash, Problem? Problem);

/// <summary>Reads a body to its end within bounds, and parses it once, in place where the server has it in one piece.</summary>
public static class BodyReader
{
    public static readonly int MaxBytes = JsonLimits.Message.MaxBytes;

    private static readonly Problem NotJson =
        Problem.Of(ApiCode.UnsupportedMediaType, "Send the body as application/json in UTF-8, without a content encoding.");

    /// <param name="optional">No body at all counts as an empty object.</param>
    public static async ValueTask<ReadBody> ReadAsync(HttpContext http, bool optional, bool hash)
    {
        var request = http.Request;
        if (request.ContentLength > MaxBytes)
        {
            return new ReadBody(default, null, BadHttp.TooLarge);
        }
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(http.RequestAborted);
                var buffer = read.Buffer;
                if (buffer.Length > MaxBytes)
                {
                    return new ReadBody(default, null, BadHttp.TooLarge);
                }
                if (read.IsCompleted)
                {
                    var result = Parse(request, buffer, optional, hash);
                    reader.AdvanceTo(buffer.End);
                    return result;
                }
                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (BadHttpRequestException refused)
        {
            return new ReadBody(default, null, BadHttp.Of(refused.StatusCode));
        }
        catch (IOException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // A chunk's size beyond every number is not among what the server knows as a bad request.
            return new ReadBody(default, null, BadHttp.Of(StatusCodes.Status400BadRequest));
        }
    }

    private static ReadBody Parse(HttpRequest request, in ReadOnlySequence<byte> buffer, bool optional, bool hash)
    {
        if (buffer.IsEmpty && optional)
        {
            return new ReadBody(Value.Map(), hash ? Hash(request, []) : null, null);
        }
        if (!IsJson(request))
        {
            return new ReadBody(default, null, NotJson);
        }
        if (buffer.IsSingleSegment)
        {
            return Parse(request, buffer.FirstSpan, hash);
        }
        var size = (int)buffer.Length;
        var rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            buffer.CopyTo(rented);
            return Parse(request, rented.AsSpan(0, size), hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static ReadBody Parse(HttpRequest request, ReadOnlySpan<byte> utf8, bool hash) =>
        JsonText.TryParse(utf8, JsonLimits.Message, out var value, out var error)
            ? new ReadBody(value, hash ? Hash(request, utf8) : null, null)
            : new ReadBody(default, null, Problem.Invalid([new FieldError(error.Pointer, error.Message, error.Line, error.Column)]));

    private static string Hash(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsJson(HttpRequest request)
    {
        var type = request.ContentType;
        if (!StringValuesEmpty(request.Headers.ContentEncoding.ToString()))
        {
            return false;
        }
        // Nearly every caller sends exactly this; the parser below is for the others.
        if (string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        return MediaTypeHeaderValue.TryParse(type, out var media)
            && (media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (media.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && media.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            && (!media.Charset.HasValue || media.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private static bool StringValuesEmpty(string header) => header.Length == 0 || header.Equals("identity", StringComparison.OrdinalIgnoreCase);
}
