using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Approvals.Chains.Json;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains.Json;

/// <summary>Objects made from their contract in <see cref="ChainJson"/>, which knows every member that there is.</summary>
/// <param name="set">Whether a member is there; those that the contract insists on always are.</param>
/// <param name="pick">An index below the count, which chooses among values and lengths. The last is never a member's default.</param>
internal sealed class ContractSample(Func<JsonPropertyInfo, bool> set, Func<int, int> pick)
{
    private const int LongestList = 2;

    private static readonly Dictionary<Type, object[]> Scalars = new()
    {
        [typeof(string)] = ["", "ana", "Jürgen <\"&'+\\/> \u2028\u007f\n😀"],
        [typeof(bool)] = [false, true],
        [typeof(int)] = [0, 1, int.MinValue, 7],
        [typeof(long)] = [0L, long.MaxValue, -1L],
        [typeof(TimeSpan)] = [TimeSpan.Zero, TimeSpan.FromHours(48), TimeSpan.MaxValue, TimeSpan.MinValue, TimeSpan.FromMinutes(90), new TimeSpan(-12345678)],
        [typeof(DateTimeOffset)] = [default(DateTimeOffset), Start, Start.AddTicks(1234500), DateTimeOffset.MaxValue, new DateTimeOffset(Start.Ticks + 1, new TimeSpan(-9, -30, 0))],
        [typeof(DateOnly)] = [default(DateOnly), DateOnly.MaxValue, new DateOnly(2026, 12, 25)],
        [typeof(TimeOnly)] = [default(TimeOnly), TimeOnly.MaxValue, new TimeOnly(8, 5, 30)],
    };

    /// <summary>Every member of a type and of the types within it.</summary>
    public static IEnumerable<JsonPropertyInfo> Members(Type type) => Contracts(type).SelectMany(Stored);

    public T Of<T>() => Node(typeof(T)).Deserialize(ChainJson.Of<T>())!;

    private static HashSet<JsonTypeInfo> Contracts(Type type)
    {
        HashSet<JsonTypeInfo> found = [];
        void Visit(Type next)
        {
            var contract = ChainJson.Options.GetTypeInfo(next);
            if (contract.ElementType is { } item)
            {
                Visit(item);
            }
            else if (contract.Kind == JsonTypeInfoKind.Object && found.Add(contract))
            {
                Stored(contract).ToList().ForEach(member => Visit(member.PropertyType));
            }
        }
        Visit(type);
        return found;
    }

    /// <summary>Without what is worked out from other members.</summary>
    private static IEnumerable<JsonPropertyInfo> Stored(JsonTypeInfo contract) =>
        contract.Properties.Where(member => member.Set is not null || member.AssociatedParameter is not null);

    private JsonNode Node(Type type)
    {
        var contract = ChainJson.Options.GetTypeInfo(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Object => new JsonObject(Stored(contract).Where(member => member.IsRequired || set(member))
                .Select(member => KeyValuePair.Create(member.Name, (JsonNode?)Node(member.PropertyType)))),
            JsonTypeInfoKind.Enumerable => new JsonArray([.. Enumerable.Range(0, pick(LongestList + 1)).Select(_ => Node(contract.ElementType!))]),
            _ => Scalar(Nullable.GetUnderlyingType(type) ?? type),
        };
    }

    private JsonNode Scalar(Type type)
    {
        var values = type.IsEnum ? [.. Enum.GetValues(type).Cast<object>()] : Scalars[type];
        return JsonSerializer.SerializeToNode(values[pick(values.Length)], type, ChainJson.Options)!;
    }
}
