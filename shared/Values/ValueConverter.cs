using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approvals.Values;

/// <summary>A value as the JSON that it is. Durations and timestamps, which JSON lacks, come back as text.</summary>
public sealed class ValueConverter : JsonConverter<Value>
{
    public override bool HandleNull => true;

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonText.Parse(JsonMarshal.GetRawUtf8Value(document.RootElement));
    }

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options)
    {
        using var output = PooledOutput.Rent();
        JsonText.Write(value, output);
        writer.WriteRawValue(output.Written, skipInputValidation: true);
    }
}
