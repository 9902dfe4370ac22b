using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Chains.Json;

/// <summary>
/// How requests are stored and travel: JSON in camelCase, enums by their words, no nulls, no defaults, no empty lists.
/// </summary>
/// <remarks>
/// What is left out reads as its type's default. Therefore a member whose initial value is another (<see cref="RequestState.Snapshot"/>
/// begins at 1) is always written, and a member that is added later must mean with its default what older states meant without it.
/// </remarks>
public static class ChainJson
{
    /// <summary>A payload of 64 nested levels stands inside a snapshot inside an envelope.</summary>
    private const int MaxDepth = 128;

    public static JsonSerializerOptions Options { get; } = Compact();

    /// <summary>Reads states; <see cref="StateWriter"/> writes them, and must know every member.</summary>
    public static JsonTypeInfo<RequestState> State { get; } = Of<RequestState>();

    public static JsonTypeInfo<Command> Command { get; } = Of<Command>();

    public static JsonTypeInfo<ChainEvent> Event { get; } = Of<ChainEvent>();

    public static JsonTypeInfo<LevelResolution> Resolution { get; } = Of<LevelResolution>();

    public static JsonTypeInfo<Receipt> Receipt { get; } = Of<Receipt>();

    public static JsonTypeInfo<Snapshot> Snapshot { get; } = Of<Snapshot>();

    public static JsonTypeInfo<CommandEnvelope> Envelope { get; } = Of<CommandEnvelope>();

    /// <summary>The contract of any type in <see cref="ChainJsonContext"/>.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Compact()
    {
        var options = new JsonSerializerOptions(ChainJsonContext.Default.Options)
        {
            MaxDepth = MaxDepth,
            TypeInfoResolver = ChainJsonContext.Default.WithAddedModifier(LeaveOut),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) is true)
            {
                // Always written, by its own word.
                continue;
            }
            // A value that is its type's default is not written, so nothing may insist on it.
            property.IsRequired &= !property.PropertyType.IsValueType;
            if (property.AssociatedParameter is null or { IsMemberInitializer: true } && typeof(IList).IsAssignableFrom(property.PropertyType))
            {
                property.ShouldSerialize = static (_, items) => items is IList { Count: > 0 };
            }
        }
    }
}
