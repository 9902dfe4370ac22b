using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Chains.Levels;
using Approvals.Chains.Sla;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Chains.Json;

/// <summary>Generated contracts; use them through <see cref="ChainJson"/>, which also leaves out what is empty.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(JsonStringEnumConverter<DayOfWeek>)])]
[JsonSerializable(typeof(RequestState))]
[JsonSerializable(typeof(LevelDefinition))]
[JsonSerializable(typeof(ImmutableArray<LevelDefinition>))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(ChainEvent))]
[JsonSerializable(typeof(ImmutableArray<ChainEvent>))]
[JsonSerializable(typeof(LevelResolution))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(CommandEnvelope))]
[JsonSerializable(typeof(StoredRequest))]
[JsonSerializable(typeof(Transition))]
[JsonSerializable(typeof(DueItem))]
public sealed partial class ChainJsonContext : JsonSerializerContext;
