using System.Text.Json;
using System.Text.Json.Serialization;
using Approvals.Values;

namespace Approvals.Functions.Tables;

/// <summary>A named fact of an entry as an array of name and value: a pair's members can't be set, so that by themselves they would be lost.</summary>
internal sealed class DetailConverter : JsonConverter<KeyValuePair<string, Value>>
{
    private static readonly ValueConverter Values = new();

    public override KeyValuePair<string, Value> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.GetString() is not { } name || !reader.Read())
        {
            throw new JsonException("A detail is a name and a value.");
        }

        var value = Values.Read(ref reader, typeof(Value), options);
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray
            ? new(name, value)
            : throw new JsonException("A detail is a name and a value.");
    }

    public override void Write(Utf8JsonWriter writer, KeyValuePair<string, Value> detail, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(detail.Key);
        Values.Write(writer, detail.Value, options);
        writer.WriteEndArray();
    }
}
