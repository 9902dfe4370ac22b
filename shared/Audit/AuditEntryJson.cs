using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Approvals.Actors;
using Approvals.Values;

namespace Approvals.Audit;

/// <summary>
/// An entry as JSON. What is hashed is the RFC 8785 form of every member but <c>hash</c>; absent members are left out, never null.
/// What is shown (history, queries, exports) is exactly those bytes with <c>hash</c> added as the last member.
/// </summary>
public static class AuditEntryJson
{
    /// <summary>Writes an entry as it is shown: the canonical bytes and their hash.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> canonical, string hash)
    {
        output.Write(canonical[..^1]);
        output.Write(",\"hash\":\""u8);
        Span<byte> ascii = stackalloc byte[2 * System.Security.Cryptography.SHA256.HashSizeInBytes];
        var kept = Math.Min(hash.Length, ascii.Length);
        System.Text.Ascii.FromUtf16(hash.AsSpan(0, kept), ascii, out var written);
        output.Write(ascii[..written]);
        output.Write("\"}"u8);
    }

    /// <inheritdoc cref="Write(IBufferWriter{byte}, ReadOnlySpan{byte}, string)"/>
    public static void Write(IBufferWriter<byte> output, StoredEntry entry) => Write(output, entry.Canonical.Span, entry.Hash);

    /// <summary>The bytes that are hashed.</summary>
    internal static void WriteCanonical(IBufferWriter<byte> output, string chain, long sequence, string previousHash, AuditDraft draft)
    {
        Span<char> at = stackalloc char[28];
        draft.At.UtcDateTime.TryFormat(at, out var length, "O", CultureInfo.InvariantCulture);

        var json = new CanonicalWriter(output);
        json.BeginObject();
        json.Member("action", draft.Action);
        Optional(ref json, "actionType", draft.ActionType);
        json.BeginObject("actor");
        if (draft.Actor.ActingFor is { } principal)
        {
            json.BeginObject("actingFor");
            json.Member("id", principal.Id);
            json.Member("name", principal.Name);
            json.EndObject();
        }

        if (draft.Actor.Assurance is { } assurance)
        {
            json.Member("assurance", assurance.Word());
        }

        Optional(ref json, "credential", draft.Actor.Credential?.Name);
        json.Member("id", draft.Actor.Id);
        json.Member("name", draft.Actor.Name);
        json.Member("type", Word(draft.Actor.Type));
        json.EndObject();
        // Always seven decimals, so that the text orders like the time.
        json.Member("at", at[..length]);
        json.Member("chain", chain);
        Optional(ref json, "code", draft.Code);
        json.BeginObject("details");
        foreach (var (name, value) in Sorted(draft.Details))
        {
            json.Member(name, value);
        }

        json.EndObject();
        json.Member("id", IdOf(chain, sequence));
        Optional(ref json, "ip", draft.Origin.Ip);
        Optional(ref json, "onBehalfOf", draft.OnBehalfOf);
        json.Member("outcome", draft.Outcome);
        if (draft.Payload is { } payload)
        {
            json.Member("payload", payload);
        }

        Optional(ref json, "payloadHash", draft.PayloadHash);
        if (draft.Policy is { } policy)
        {
            json.BeginObject("policy");
            json.Member("key", policy.Key);
            json.Member("version", policy.Version);
            json.EndObject();
        }

        json.Member("previousHash", previousHash);
        Optional(ref json, "reason", draft.Reason);
        Optional(ref json, "requestId", draft.RequestId);
        json.Member("sequence", sequence);
        if (draft.Subject is { } subject)
        {
            json.BeginObject("subject");
            json.Member("id", subject.Id);
            json.Member("type", subject.Type);
            json.EndObject();
        }

        json.Member("tenant", draft.Tenant);
        Optional(ref json, "traceId", draft.Origin.TraceId);
        Optional(ref json, "userAgent", draft.Origin.UserAgent);
        json.EndObject();
        json.Flush();
    }

    /// <summary>Unique within the tenant, and the same whenever the entry is made again.</summary>
    public static string IdOf(string chain, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{chain}-{sequence}");

    private static void Optional(ref CanonicalWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.Member(name, value);
        }
    }

    private static string Word(ActorType type) => type switch
    {
        ActorType.Human => "human",
        ActorType.Agent => "agent",
        _ => "system",
    };

    private static ImmutableArray<KeyValuePair<string, Value>> Sorted(ImmutableArray<KeyValuePair<string, Value>> details)
    {
        for (var i = 1; i < details.Length; i++)
        {
            if (string.CompareOrdinal(details[i - 1].Key, details[i].Key) > 0)
            {
                return details.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
            }
        }

        return details;
    }
}
