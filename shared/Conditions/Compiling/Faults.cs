using Approvals.Conditions.Checking;
using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>What can go wrong at run time: the texts of faults, or what makes them where a name belongs to them too.</summary>
internal static class Faults
{
    private const int LongestShown = 60;

    public static string Bool(Value value, Value other) => Phrase.With(Texts.EvaluationBool, Kind(value));

    public static string NoOrder(Value left, Value right) => Phrase.With(Texts.EvaluationNoOrder, Kind(left), Kind(right));

    // Members, items and keys

    /// <summary>Of a member and what it was looked for in.</summary>
    public static FaultText NoMap(string shown) => (member, value) => Phrase.With(Texts.EvaluationNoMap, shown, Kind(value), Shown(member));

    public static FaultText NoMember(string shown) => (member, _) => Phrase.With(Texts.EvaluationNoMember, shown, Shown(member));

    public static string In(Value range, Value other) => Phrase.With(Texts.EvaluationIn, Kind(range));

    public static string NoItems(Value range, Value other) => Phrase.With(Texts.EvaluationNoItems, Kind(range));

    public static string NoIndex(Value value, Value other) => Phrase.With(Texts.EvaluationNoIndex, Kind(value));

    public static string Index(Value key, Value other) => Phrase.With(Texts.EvaluationIndex, Kind(key));

    public static string NoItem(Value position, Value other) => Phrase.With(Texts.EvaluationNoItem, Shown(position));

    public static string NoKey(Value key, Value other) => Phrase.With(Texts.EvaluationNoKey, Shown(key));

    public static string MapKeys(Value key, Value other) => Phrase.With(Texts.EvaluationMapKeys, Kind(key));

    public static string KeyTwice(Value key, Value other) => Phrase.With(Texts.ConditionKeyTwice, Shown(key));

    // Arithmetic

    public static FaultText NotTaken(string sign) => (left, right) => Phrase.With(Texts.ConditionNotTaken, sign, Kind(left), Kind(right));

    public static string Negate(Value value, Value other) => Phrase.With(Texts.EvaluationNegate, Kind(value));

    public static string Overflow(Value left, Value right) => Texts.EvaluationOverflow;

    public static string Division(Value left, Value right) => Texts.ConditionDivision;

    public static string Modulo(Value left, Value right) => Texts.EvaluationModulo;

    public static string TimestampRange(Value left, Value right) => Texts.EvaluationTimestampRange;

    public static string DurationRange(Value left, Value right) => Texts.EvaluationDurationRange;

    // Functions

    public static string Size(Value value, Value other) => Phrase.With(Texts.EvaluationSize, Kind(value));

    public static FaultText TwoTexts(string function) => (first, second) => Phrase.With(Texts.EvaluationTwoStrings, function, Kind(first), Kind(second));

    public static string Matches(Value value, Value other) => Phrase.With(Texts.EvaluationMatches, Kind(value));

    public static string MatchesLength(Value value, Value other) => Phrase.With(Texts.EvaluationMatchesLength, Patterns.LongestText);

    /// <summary>Why a pattern is refused is only found out where it is told.</summary>
    public static string Pattern(Value pattern, Value other)
    {
        // One that compiles was too large for a payload's.
        var why = Patterns.TryCompile(pattern.AsString(), out _, out var error) ? Texts.PatternStates : error;
        return Phrase.With(Texts.EvaluationPattern, Shown(pattern), why);
    }

    public static FaultText WantsTimestamp(string function) => (value, _) => Phrase.With(Texts.EvaluationWantsTimestamp, function, Kind(value));

    public static FaultText WantsZone(string function) => (value, _) => Phrase.With(Texts.EvaluationWantsZone, function, Kind(value));

    public static string NoZone(Value zone, Value other) => Phrase.With(Texts.EvaluationNoZone, Shown(zone));

    // Conversions

    public static string ToInt(Value value, Value other) => Phrase.With(Texts.EvaluationToInt, Kind(value));

    public static string NoInt(Value text, Value other) => Phrase.With(Texts.EvaluationNoInt, Shown(text));

    public static string IntRange(Value number, Value other) => Phrase.With(Texts.EvaluationIntRange, Shown(number));

    public static string ToDouble(Value value, Value other) => Phrase.With(Texts.EvaluationToDouble, Kind(value));

    public static string NoDouble(Value text, Value other) => Phrase.With(Texts.EvaluationNoDouble, Shown(text));

    public static string ToText(Value value, Value other) => Phrase.With(Texts.EvaluationToString, Kind(value));

    public static string ToTimestamp(Value value, Value other) => Phrase.With(Texts.EvaluationToTimestamp, Kind(value));

    public static string NoTimestamp(Value text, Value other) => Phrase.With(Texts.EvaluationNoTimestamp, Shown(text));

    public static string Seconds(Value seconds, Value other) => Phrase.With(Texts.EvaluationSeconds, Shown(seconds));

    public static string ToDuration(Value value, Value other) => Phrase.With(Texts.EvaluationToDuration, Kind(value));

    public static string NoDuration(Value text, Value other) => Phrase.With(Texts.EvaluationNoDuration, Shown(text));

    private static string Kind(Value value) => StaticType.Name(value.Kind);

    private static string Shown(Value value)
    {
        var text = value.Kind == ValueKind.String ? value.AsString() : value.ToString();
        return text.Length <= LongestShown ? text : text[..LongestShown] + "…";
    }
}
