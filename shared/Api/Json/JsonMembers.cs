using System.Text.Json;
using Approvals.Actors;
using Approvals.Chains.State;
using Approvals.Values;

namespace Approvals.Api.Json;

/// <summary>Members that several answers have.</summary>
internal static class JsonMembers
{
    public static void Actor(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Actor actor)
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, actor.Id);
        json.WriteString("type"u8, Words.Of(actor.Type));
        json.WriteString("name"u8, actor.Name);
        if (actor.ActingFor is { } principal)
        {
            json.WriteStartObject("actingFor"u8);
            json.WriteString("id"u8, principal.Id);
            json.WriteString("name"u8, principal.Name);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    public static void Subject(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Subject subject)
    {
        json.WriteStartObject(name);
        json.WriteString("type"u8, subject.Type);
        json.WriteString("id"u8, subject.Id);
        json.WriteEndObject();
    }

    /// <summary>Null where no policy was asked.</summary>
    public static void Policy(this Utf8JsonWriter json, ReadOnlySpan<byte> name, PolicyRef? policy)
    {
        if (policy is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteString("key"u8, policy.Key);
        json.WriteNumber("version"u8, policy.Version);
        json.WriteEndObject();
    }

    public static void Instant(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset instant) =>
        json.WriteString(name, Rfc3339.Write(instant, stackalloc char[Rfc3339.Longest]));

    public static void OptionalInstant(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? instant)
    {
        if (instant is { } known)
        {
            json.Instant(name, known);
        }
    }

    public static void OptionalString(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    public static void Strings(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }
        json.WriteEndArray();
    }

    public static void Value(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Value value)
    {
        json.WritePropertyName(name);
        json.Value(value);
    }

    public static void Value(this Utf8JsonWriter json, Value value)
    {
        using var text = PooledOutput.Rent();
        JsonText.Write(value, text);
        json.WriteRawValue(text.Written, skipInputValidation: true);
    }

    /// <summary>A list as every list of this API is: its items and where to go on.</summary>
    public static void Page<T>(this Utf8JsonWriter json, Page<T> page, Action<Utf8JsonWriter, T> item)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (var each in page.Items)
        {
            item(json, each);
        }
        json.WriteEndArray();
        json.WriteString("nextCursor"u8, page.NextCursor);
        json.WriteEndObject();
    }
}
