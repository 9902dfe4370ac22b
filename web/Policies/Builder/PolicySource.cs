using System.Collections.Immutable;
using System.Globalization;
using Approvals.Values;

namespace Approvals.Web.Policies.Builder;

/// <summary>Reads and changes a policy's JSON member by member, keeping what the form has no fields for.</summary>
internal static class PolicySource
{
    public static readonly Value Empty = Value.Map(
        ("key", Value.From("")), ("name", Value.From("")), ("actionTypes", Value.List()),
        ("levels", Value.List(Value.Map(("name", Value.From("")), ("approvers", Value.List()), ("strategy", Value.From("any"))))));

    /// <summary>A scalar as its field shows it; empty where absent.</summary>
    public static string Text(Value map, string name) => map.TryGet(name, out var value) ? Scalar(value) : "";

    /// <summary>A list of texts, joined.</summary>
    public static string Joined(Value map, string name, string separator = ", ") =>
        map.TryGet(name, out var list) && list.Kind == ValueKind.List ? string.Join(separator, Items(list).Select(Scalar)) : Text(map, name);

    public static bool Flag(Value map, string name) => map.TryGet(name, out var value) && value.Kind == ValueKind.Bool && value.AsBool();

    public static ImmutableArray<Value> List(Value map, string name) =>
        map.TryGet(name, out var list) && list.Kind == ValueKind.List ? Items(list) : [];

    /// <summary>The map with a member set in its place, or at the end; without it where the value is null.</summary>
    public static Value With(this Value map, string name, Value? value)
    {
        var members = new List<KeyValuePair<string, Value>>();
        var found = false;
        foreach (var (member, old) in map.Members)
        {
            if (member != name)
            {
                members.Add(new(member, old));
            }
            else if (value is { } replaced)
            {
                members.Add(new(name, replaced));
                found = true;
            }
        }

        if (!found && value is { } added)
        {
            members.Add(new(name, added));
        }

        return Value.Map(members);
    }

    public static Value WithText(this Value map, string name, string? text) => map.With(name, string.IsNullOrWhiteSpace(text) ? null : Value.From(text.Trim()));

    public static Value WithTexts(this Value map, string name, string? text) =>
        Split(text) is { Length: > 0 } parts ? map.With(name, Value.List([.. parts.Select(Value.From)])) : map.With(name, null);

    /// <summary>A number where it reads as one, else the text, which the policy's reader then refuses in its place.</summary>
    public static Value WithNumber(this Value map, string name, string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? map.With(name, Value.From(number)) : map.WithText(name, text);

    public static Value WithFlag(this Value map, string name, bool set) => map.With(name, set ? Value.True : null);

    public static string[] Split(string? text) =>
        text?.Split([',', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static ImmutableArray<Value> Items(Value list) => [.. list.Items];

    private static string Scalar(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString(),
        ValueKind.Null => "",
        _ => value.ToString(),
    };
}
