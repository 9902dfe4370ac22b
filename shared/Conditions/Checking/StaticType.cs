using Approvals.Values;

namespace Approvals.Conditions.Checking;

/// <summary>What is known of a value before evaluation. No kind: anything (CEL's <c>dyn</c>), as all of the payload is.</summary>
/// <param name="Input">The members of a map that is an input; null where they are open.</param>
internal sealed record StaticType(ValueKind? Kind, StaticType? Element = null, InputType? Input = null)
{
    public static readonly StaticType Any = new((ValueKind?)null);
    public static readonly StaticType Null = new(ValueKind.Null);
    public static readonly StaticType Bool = new(ValueKind.Bool);
    public static readonly StaticType Int = new(ValueKind.Int);
    public static readonly StaticType Double = new(ValueKind.Double);
    public static readonly StaticType Text = new(ValueKind.String);
    public static readonly StaticType Timestamp = new(ValueKind.Timestamp);
    public static readonly StaticType Duration = new(ValueKind.Duration);
    public static readonly StaticType Map = new(ValueKind.Map);

    public static StaticType Of(ValueKind kind) => kind switch
    {
        ValueKind.List => ListOf(Any),
        _ => new StaticType(kind),
    };

    public static StaticType Of(InputType input) => new(ValueKind.Map, Input: input);

    public static StaticType ListOf(StaticType element) => new(ValueKind.List, element);

    public bool IsAny => Kind is null;

    public bool IsNumber => Kind is ValueKind.Int or ValueKind.Double;

    /// <summary>Whether it may turn out to be of that kind.</summary>
    public bool MayBe(ValueKind kind) => Kind is null || Kind == kind;

    public bool MayBeNumber => Kind is null || IsNumber;

    /// <summary>Whether values of the two can be equal: of one kind, or numbers both.</summary>
    public static bool Comparable(StaticType left, StaticType right) =>
        left.IsAny || right.IsAny || (left.IsNumber && right.IsNumber)
        || (left.Kind == right.Kind && (left.Element is null || right.Element is null || Comparable(left.Element, right.Element)));

    /// <summary>The type of a value that is one or the other.</summary>
    public static StaticType Either(StaticType left, StaticType right) => left == right ? left
        : left.Kind == ValueKind.List && right.Kind == ValueKind.List ? ListOf(Either(left.Element ?? Any, right.Element ?? Any))
        : left.Kind == right.Kind && !left.IsAny ? left with { Element = null, Input = null }
        : Any;

    public override string ToString() => Kind is { } kind ? Name(kind) : "any";

    /// <summary>CEL's name of a kind.</summary>
    public static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.Double => "double",
        ValueKind.String => "string",
        ValueKind.List => "list",
        ValueKind.Map => "map",
        ValueKind.Timestamp => "timestamp",
        _ => "duration",
    };
}
