using Approvals.Types;
using Approvals.Values;

namespace Approvals.Web.Cards;

/// <summary>The fields in which a payload is edited: those that its type names, else its own scalars.</summary>
internal static class PayloadSchema
{
    private const int Deepest = 4;

    public static FieldSchema Of(ApprovalType type, Value payload) =>
        type.MetadataSchema.Properties.IsEmpty ? FieldSchema.Parse(Group(payload, Deepest)) : type.MetadataSchema;

    /// <summary>Members without a field of their own (lists, nulls, names that a field's path can't carry) are left to JSON.</summary>
    private static Value Group(Value map, int depth)
    {
        var properties = new List<KeyValuePair<string, Value>>();
        foreach (var (name, member) in map.Members)
        {
            if (name.Length > 0 && !name.Contains('.', StringComparison.Ordinal) && Field(member, depth) is { } field)
            {
                properties.Add(new(name, field));
            }
        }

        return Value.Map(("type", Value.From("object")), ("properties", Value.Map(properties)));
    }

    private static Value? Field(Value member, int depth) => member.Kind switch
    {
        ValueKind.Map => depth > 1 && member.Members.Count > 0 ? Group(member, depth - 1) : null,
        ValueKind.String => Typed("string"),
        ValueKind.Bool => Typed("boolean"),
        ValueKind.Int or ValueKind.Double => Typed("number"),
        _ => null,
    };

    private static Value Typed(string type) => Value.Map(("type", Value.From(type)));
}
