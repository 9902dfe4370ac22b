using System.Text.Json;
using Approvals.Audit;
using Approvals.Values;

namespace Approvals.Api.Json;

/// <summary>An audit entry as it is kept: the canonical JSON that was hashed, with the hash as one more member.</summary>
internal static class AuditJson
{
    public static void Write(Utf8JsonWriter json, StoredEntry entry)
    {
        using var text = PooledOutput.Rent();
        Write(text, entry);
        json.WriteRawValue(text.Written, skipInputValidation: true);
    }

    public static void Write(System.Buffers.IBufferWriter<byte> output, StoredEntry entry)
    {
        var canonical = entry.Canonical.Span;
        Append(output, canonical[..^1]);
        Append(output, ",\"hash\":\""u8);
        Append(output, System.Text.Encoding.ASCII.GetBytes(entry.Hash));
        Append(output, "\"}"u8);
    }

    /// <summary>
    /// For who may not audit: without the addresses, browsers and credentials of those who acted. Such an answer can't be hashed again.
    /// </summary>
    public static void WriteWithoutOrigin(Utf8JsonWriter json, StoredEntry entry)
    {
        var members = JsonText.Parse(entry.Canonical.Span).Members.Where(member => member.Key is not ("ip" or "userAgent"))
            .Select(member => member.Key == "actor" ? new(member.Key, WithoutCredential(member.Value)) : member);
        json.Value(Value.Map([.. members, new("hash", Value.From(entry.Hash))]));
    }

    private static Value WithoutCredential(Value actor) => Value.Map([.. actor.Members.Where(member => member.Key != "credential")]);

    private static void Append(System.Buffers.IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
