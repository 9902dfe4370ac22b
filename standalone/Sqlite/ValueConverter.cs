using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Approvals.Values;

namespace Approvals.Standalone.Sqlite;

/// <summary>Payloads within other JSON.</summary>
internal sealed class ValueConverter : JsonConverter<Value>
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public override bool HandleNull => true;

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options)
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        JsonText.Write(value, buffer);
        writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
    }

    /// <summary>Numbers become doubles, as when a payload is parsed.</summary>
    private static Value Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<KeyValuePair<string, Value>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Add(new(name, Read(ref reader)));
                }

                return Value.Map(members);
            case JsonTokenType.StartArray:
                var items = new List<Value>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }

                return Value.List(items.ToArray().AsSpan());
            case JsonTokenType.String:
                return Value.From(reader.GetString());
            case JsonTokenType.Number:
                return Value.From(reader.GetDouble());
            case JsonTokenType.True or JsonTokenType.False:
                return Value.From(reader.GetBoolean());
            default:
                return Value.Null;
        }
    }
}
