using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Approvals.Api.Http;

/// <summary>The bytes of an answer and the writer that makes them, kept for the next answer. Dispose gives both back.</summary>
public sealed class ReplyBody : IDisposable
{
    private const int Kept = 64 * 1024;

    // Answers are JSON for programs, never part of a page: nothing beyond what JSON needs is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ReplyBody? _free;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    private ReplyBody() => Json = new Utf8JsonWriter(_bytes, Options);

    public Utf8JsonWriter Json { get; }

    /// <summary>What was written and flushed.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public static ReplyBody Rent()
    {
        var body = _free ?? new ReplyBody();
        _free = null;
        return body;
    }

    /// <summary>Adds bytes as they are, before or after what <see cref="Json"/> flushed.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Dispose()
    {
        if (_bytes.Capacity <= Kept)
        {
            _bytes.ResetWrittenCount();
            Json.Reset();
            _free = this;
        }
    }
}
