using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Tenants;

namespace Approvals.Standalone.Sqlite;

/// <summary>JSON of columns. Requests and snapshots have their own, in <see cref="Chains.Json.ChainJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TenantSettings))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(PolicyVersion))]
[JsonSerializable(typeof(Delegation))]
[JsonSerializable(typeof(ApiToken))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(ImmutableArray<RefusalMember>))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>UTF-8, valid until this thread's next call.</summary>
    public static ReadOnlySpan<byte> Write<T>(T value, JsonTypeInfo<T> type)
    {
        buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        return buffer.WrittenSpan;
    }

    /// <exception cref="InvalidDataException">The column is not what this program, or an earlier one, wrote.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, type) ?? throw new InvalidDataException($"The stored {typeof(T).Name} is null.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The stored {typeof(T).Name} can't be read.", fault);
        }
    }
}
