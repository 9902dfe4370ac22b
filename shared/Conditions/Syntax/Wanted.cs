namespace Approvals.Conditions.Syntax;

/// <summary>What should have stood where the parser found something else.</summary>
internal enum Wanted : byte
{
    Value,
    MemberName,
    End,
    OtherHalf,
    ColonOfEntry,
    CloseOfIndex,
    CloseOfList,
    CloseOfMap,
    CloseOfArguments,
    CloseOfParenthesis,
}

internal static class WantedTexts
{
    /// <summary>The first half of the message, which ends in what was found.</summary>
    public static string Clause(this Wanted wanted) => wanted switch
    {
        Wanted.Value => Texts.ConditionShouldBeValue,
        Wanted.MemberName => Texts.ConditionShouldBeName,
        Wanted.End => Texts.ConditionShouldEnd,
        Wanted.OtherHalf => Texts.ConditionHalfMissing,
        Wanted.ColonOfEntry => Texts.ConditionShouldBeColon,
        Wanted.CloseOfIndex => Texts.ConditionOpenBracket,
        Wanted.CloseOfList => Texts.ConditionOpenList,
        Wanted.CloseOfMap => Texts.ConditionOpenMap,
        Wanted.CloseOfArguments => Texts.ConditionOpenArguments,
        _ => Texts.ConditionOpenParenthesis,
    };

    /// <summary>Null where there is more than one way on.</summary>
    public static string? Suggestion(this Wanted wanted) => wanted switch
    {
        Wanted.OtherHalf => Texts.SuggestChoice,
        Wanted.ColonOfEntry => Texts.SuggestMapEntry,
        Wanted.CloseOfIndex or Wanted.CloseOfList => Add("]"),
        Wanted.CloseOfMap => Add("}"),
        Wanted.CloseOfArguments or Wanted.CloseOfParenthesis => Add(")"),
        _ => null,
    };

    private static string Add(string sign) => Phrase.With(Texts.SuggestAdd, sign);
}
