using System.Buffers;
using System.Text;
using System.Text.Json;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Api.Http;

/// <summary>
/// Answers as they are kept for a repeat of the call. A request answers with its payload, up to 256 KiB of it, which is stored already: as the
/// request's snapshot. So it is cut out of the answer, and put back from there.
/// </summary>
/// <remarks>Where a payload was cut out stand the request's id and the payload's hash, each after a NUL, and another NUL: JSON text has none.</remarks>
internal static class KeptAnswer
{
    /// <summary>Bytes of a payload that is left in its place.</summary>
    private const int SmallPayload = 256;

    /// <summary>Bytes of an answer that is kept. A longer one is made again: whatever the call does, it does once, by the ids that it derives from its key.</summary>
    private const int MaxLength = 64 * 1024;

    private const byte Nul = 0;

    /// <summary>In place of an answer that is made again: one that is too long, or that says nothing final.</summary>
    public static readonly byte[] NotKept = [Nul];

    /// <summary>The bytes to keep for an answer.</summary>
    public static byte[] Cut(ReadOnlyMemory<byte> body)
    {
        if (body.Length <= SmallPayload)
        {
            return body.ToArray();
        }

        var kept = new ArrayBufferWriter<byte>(SmallPayload);
        var end = 0;
        foreach (var payload in Payloads(body.Span))
        {
            kept.Write(body.Span[end..payload.Start]);
            kept.Write(Encoding.UTF8.GetBytes($"\0{payload.Request}\0{payload.Hash}\0"));
            end = payload.End;
        }

        kept.Write(body.Span[end..]);
        return kept.WrittenCount <= MaxLength ? kept.WrittenSpan.ToArray() : NotKept;
    }

    /// <summary>The answer again. Null: it has to be made again.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> RestoreAsync(
        IRequestStore requests, string tenant, ReadOnlyMemory<byte> kept, CancellationToken cancellation)
    {
        if (!kept.Span.Contains(Nul))
        {
            return kept;
        }

        var body = new ArrayBufferWriter<byte>(kept.Length);
        while (kept.Span.IndexOf(Nul) is >= 0 and var cut)
        {
            body.Write(kept.Span[..cut]);
            if (Next(ref kept, cut) is not { } request || Next(ref kept, 0) is not { } hash
                || await PayloadAsync(requests, tenant, request, hash, cancellation) is not { } payload)
            {
                return null;
            }

            JsonText.Write(payload, body);
            kept = kept[1..];
        }

        body.Write(kept.Span);
        return body.WrittenMemory;

        static string? Next(ref ReadOnlyMemory<byte> kept, int nul)
        {
            kept = kept[(nul + 1)..];
            if (kept.Span.IndexOf(Nul) is not (>= 0 and var end))
            {
                return null;
            }

            var text = Encoding.UTF8.GetString(kept.Span[..end]);
            kept = kept[end..];
            return text;
        }
    }

    private static async ValueTask<Value?> PayloadAsync(
        IRequestStore requests, string tenant, string requestId, string hash, CancellationToken cancellation)
    {
        var snapshot = (await requests.FindAsync(tenant, requestId, cancellation))?.Snapshot;
        while (snapshot is not null && snapshot.PayloadHash != hash)
        {
            snapshot = await requests.FindSnapshotAsync(tenant, requestId, snapshot.Number - 1, cancellation);
        }

        return snapshot?.Payload;
    }

    /// <summary>Payloads of requests in an answer, whole and as they were hashed: one that is masked is no stored one.</summary>
    private static List<Cutting> Payloads(ReadOnlySpan<byte> body)
    {
        var found = new List<Cutting>();
        var open = new Stack<(string? Id, int Start, int End)>();
        string? member = null;
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(default);
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when reader.ValueTextEquals("payload"u8):
                    reader.Read();
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    open.Push(open.Pop() with { Start = start, End = (int)reader.BytesConsumed });
                    break;
                case JsonTokenType.PropertyName:
                    member = reader.GetString();
                    break;
                case JsonTokenType.String when member == "id" && open.Count > 0:
                    open.Push(open.Pop() with { Id = reader.GetString() });
                    break;
                case JsonTokenType.String when member == "payloadHash" && open.Count > 0:
                    if (open.Peek() is { Id: { } id, Start: > 0 } payload && payload.End - payload.Start > SmallPayload
                        && reader.GetString() is { } hash && PayloadHash.Of(JsonText.Parse(body[payload.Start..payload.End])) == hash)
                    {
                        found.Add(new Cutting(id, hash, payload.Start, payload.End));
                    }
                    break;
            }
        }

        return found;
    }

    private readonly record struct Cutting(string Request, string Hash, int Start, int End);
}
