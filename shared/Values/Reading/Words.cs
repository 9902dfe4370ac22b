namespace Approvals.Values.Reading;

/// <summary>How messages name the kinds of JSON.</summary>
internal static class Words
{
    public static string A(ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Bool => Texts.KindFlag,
        ValueKind.Int or ValueKind.Double => Texts.KindNumber,
        ValueKind.List => Texts.KindList,
        ValueKind.Map => Texts.KindObject,
        _ => Texts.KindText,
    };

    /// <summary>What a document says, short enough to be quoted.</summary>
    public static string Cut(string text) => text.Length <= 64 ? text : $"{text.AsSpan(0, 63)}…";

    public static bool TryInteger(Value value, out long number)
    {
        var isNumber = value.Kind == ValueKind.Int
            || (value.Kind == ValueKind.Double && value.AsDouble() is var d && Math.Abs(d) <= 9007199254740992 && Math.Truncate(d) == d);
        number = isNumber ? value.AsInt() : 0;
        return isNumber;
    }
}
