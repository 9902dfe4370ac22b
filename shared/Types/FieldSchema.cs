using System.Collections.Immutable;
using System.Globalization;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>
/// The part of JSON Schema that approval types use: <c>type, required, properties, items, additionalProperties (true or false), minLength,
/// maxLength, enum, minimum, maximum, writeOnly</c>. What only annotates is kept for pages; any other keyword is refused, since a rule that
/// is not understood must not look as if it held.
/// </summary>
public sealed partial record FieldSchema
{
    /// <summary>Types allowed; empty: any.</summary>
    public ImmutableArray<string> Types { get; private init; } = [];

    public ImmutableArray<string> Required { get; private init; } = [];

    /// <summary>In the order written.</summary>
    public ImmutableArray<KeyValuePair<string, FieldSchema>> Properties { get; private init; } = [];

    public bool OtherProperties { get; private init; } = true;

    public FieldSchema? Items { get; private init; }

    /// <summary>Unicode code points, as JSON Schema counts.</summary>
    public int? MinLength { get; private init; }

    public int? MaxLength { get; private init; }

    public ImmutableArray<Value> Enum { get; private init; } = [];

    public double? Minimum { get; private init; }

    public double? Maximum { get; private init; }

    /// <summary>A secret: it goes to the vault and appears nowhere else.</summary>
    public bool WriteOnly { get; private init; }

    public string? Title { get; private init; }

    public string? Description { get; private init; }

    /// <summary>The schema as it was written.</summary>
    public Value Source { get; private init; }

    /// <summary>Names of top-level properties that are secrets.</summary>
    public IEnumerable<string> Secrets => Properties.Where(property => property.Value.WriteOnly).Select(property => property.Key);

    /// <summary>Everything that is wrong with a value, in document order; empty where it fits.</summary>
    public ImmutableArray<FieldFault> Check(Value value)
    {
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        Check(value, "", faults);
        return faults.ToImmutable();
    }

    private void Check(Value value, string at, ImmutableArray<FieldFault>.Builder faults)
    {
        if (!Types.IsEmpty && !Types.Any(type => Is(value, type)))
        {
            faults.Add(new FieldFault(at, Phrase.With(Texts.FieldType, string.Join(Texts.FieldOr, Types))));
            return;
        }

        if (!Enum.IsEmpty && !Enum.Contains(value))
        {
            faults.Add(new FieldFault(at, Phrase.With(Texts.FieldOneOf, string.Join(", ", Enum))));
        }

        switch (value.Kind)
        {
            case ValueKind.String:
                CheckLength(value.AsString(), at, faults);
                break;
            case ValueKind.Int or ValueKind.Double:
                CheckRange(value.AsDouble(), at, faults);
                break;
            case ValueKind.List when Items is { } items:
                for (var i = 0; i < value.Items.Length; i++)
                {
                    items.Check(value.Items[i], string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"), faults);
                }

                break;
            case ValueKind.Map:
                CheckMembers(value.Members, at, faults);
                break;
            default:
                break;
        }
    }

    private void CheckMembers(MapValue members, string at, ImmutableArray<FieldFault>.Builder faults)
    {
        foreach (var name in Required)
        {
            if (!members.Contains(name))
            {
                faults.Add(new FieldFault(Step(at, name), Texts.FieldRequired));
            }
        }

        foreach (var (name, value) in members)
        {
            if (Property(name) is { } known)
            {
                known.Check(value, Step(at, name), faults);
            }
            else if (!OtherProperties)
            {
                faults.Add(new FieldFault(Step(at, name), Texts.FieldUnknown));
            }
        }
    }

    private FieldSchema? Property(string name)
    {
        foreach (var (known, schema) in Properties)
        {
            if (known == name)
            {
                return schema;
            }
        }

        return null;
    }

    private void CheckLength(string text, string at, ImmutableArray<FieldFault>.Builder faults)
    {
        var length = text.EnumerateRunes().Count();
        if (length < MinLength)
        {
            faults.Add(new FieldFault(at, MinLength == 1 ? Texts.FieldEmpty : Phrase.With(Texts.FieldMinLength, MinLength)));
        }

        if (length > MaxLength)
        {
            faults.Add(new FieldFault(at, Phrase.With(Texts.FieldMaxLength, MaxLength)));
        }
    }

    private void CheckRange(double number, string at, ImmutableArray<FieldFault>.Builder faults)
    {
        if (number < Minimum)
        {
            faults.Add(new FieldFault(at, Phrase.With(Texts.FieldMinimum, Minimum)));
        }

        if (number > Maximum)
        {
            faults.Add(new FieldFault(at, Phrase.With(Texts.FieldMaximum, Maximum)));
        }
    }

    private static bool Is(Value value, string type) => type switch
    {
        "object" => value.Kind == ValueKind.Map,
        "array" => value.Kind == ValueKind.List,
        "string" => value.Kind == ValueKind.String,
        "boolean" => value.Kind == ValueKind.Bool,
        "null" => value.IsNull,
        "number" => value.Kind is ValueKind.Int or ValueKind.Double,
        _ => value.Kind == ValueKind.Int || (value.Kind == ValueKind.Double && Math.Truncate(value.AsDouble()) == value.AsDouble()),
    };

    private static string Step(string at, string name) =>
        $"{at}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
