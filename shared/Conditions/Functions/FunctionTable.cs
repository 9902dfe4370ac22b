using System.Collections.Frozen;
using System.Collections.Immutable;
using Approvals.Conditions.Checking;

namespace Approvals.Conditions.Functions;

/// <summary>The functions of the language.</summary>
internal static class FunctionTable
{
    public static readonly FrozenDictionary<string, FunctionSpec> All = Specs().ToFrozenDictionary(spec => spec.Name, StringComparer.Ordinal);

    /// <summary>What people of other languages call them.</summary>
    public static readonly FrozenDictionary<string, string> Foreign = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["length"] = "size",
        ["len"] = "size",
        ["count"] = "size",
        ["includes"] = "contains",
        ["indexOf"] = "contains",
        ["beginsWith"] = "startsWith",
        ["like"] = "matches",
        ["regex"] = "matches",
        ["test"] = "matches",
        ["match"] = "matches",
        ["any"] = "exists",
        ["some"] = "exists",
        ["find"] = "exists",
        ["one"] = "exists_one",
        ["single"] = "exists_one",
        ["every"] = "all",
        ["forall"] = "all",
        ["where"] = "filter",
        ["select"] = "map",
        ["number"] = "double",
        ["float"] = "double",
        ["integer"] = "int",
        ["str"] = "string",
        ["toString"] = "string",
        ["date"] = "timestamp",
        ["datetime"] = "timestamp",
        ["year"] = "getFullYear",
        ["month"] = "getMonth",
        ["day"] = "getDate",
        ["weekday"] = "getDayOfWeek",
        ["dayOfWeek"] = "getDayOfWeek",
        ["hour"] = "getHours",
        ["minute"] = "getMinutes",
        ["days"] = "duration",
        ["timespan"] = "duration",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<FunctionSpec> Specs()
    {
        var text = StaticType.Text;
        var list = StaticType.ListOf(StaticType.Any);
        Overload[] ofTwoTexts = [new(StaticType.Bool, text, text)];
        return
        [
            new("size", CallStyle.Global | CallStyle.Receiver, TextFunctions.Size,
                new(StaticType.Int, text), new(StaticType.Int, list), new(StaticType.Int, StaticType.Map)),
            new("contains", CallStyle.Receiver, TextFunctions.Contains, [.. ofTwoTexts]),
            new("startsWith", CallStyle.Receiver, TextFunctions.StartsWith, [.. ofTwoTexts]),
            new("endsWith", CallStyle.Receiver, TextFunctions.EndsWith, [.. ofTwoTexts]),
            new("matches", CallStyle.Global | CallStyle.Receiver, TextFunctions.Matches, [.. ofTwoTexts]),
            new("int", CallStyle.Global, Conversions.ToInt, From(StaticType.Int, StaticType.Int, StaticType.Double, text, StaticType.Timestamp)),
            new("double", CallStyle.Global, Conversions.ToDouble, From(StaticType.Double, StaticType.Double, StaticType.Int, text)),
            new("string", CallStyle.Global, Conversions.ToText, From(
                text, text, StaticType.Bool, StaticType.Int, StaticType.Double, StaticType.Timestamp, StaticType.Duration)),
            new("timestamp", CallStyle.Global, Conversions.ToTimestamp, From(StaticType.Timestamp, text, StaticType.Int, StaticType.Timestamp)),
            new("duration", CallStyle.Global, Conversions.ToDuration, From(StaticType.Duration, text, StaticType.Duration)),
            .. TimeFunctions.Specs(),
        ];
    }

    private static ImmutableArray<Overload> From(StaticType result, params ReadOnlySpan<StaticType> parameters)
    {
        var overloads = new Overload[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            overloads[i] = new Overload(result, parameters[i]);
        }
        return [.. overloads];
    }
}
