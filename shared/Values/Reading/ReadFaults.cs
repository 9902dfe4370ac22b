namespace Approvals.Values.Reading;

/// <summary>What can be wrong with any member of a document.</summary>
internal static class ReadFaults
{
    public static string NotObject(Named what, Value value) => Phrase.With(Texts.ReadObject, what, Words.A(value.Kind));

    public static string NoMember(Named what, string name) => Phrase.With(Texts.ReadNoMember, what, Words.Cut(name));

    public static string Required(string member) => Phrase.With(Texts.ReadRequired, member);

    public static string ObjectWanted(string member) => Phrase.With(Texts.ReadObjectWanted, member);

    public static string NotFlag(string member, Value value) => Phrase.With(Texts.ReadFlag, member, Words.A(value.Kind));

    public static string NotInteger(string member, int least, int most) => Phrase.With(Texts.ReadInteger, member, least, most);

    public static string NotOneOf(string member, IEnumerable<string> words) => Phrase.With(Texts.ReadOneOf, member, string.Join(", ", words));

    public static string Twice(string text) => Phrase.With(Texts.ReadTwice, Words.Cut(text));

    public static string NotList(Named what, Value value) => Phrase.With(Texts.ReadList, what, Words.A(value.Kind));

    public static string Count(Named what, int least, int most) =>
        least == 0 ? Phrase.With(Texts.ReadMostItems, what, most) : Phrase.With(Texts.ReadCount, what, least, most);

    public static string NotText(Named what, Value value) => Phrase.With(Texts.ReadText, what, Words.A(value.Kind));

    public static string Blank(Named what) => Phrase.With(Texts.ReadBlank, what);

    public static string Control(Named what) => Phrase.With(Texts.ReadControl, what);

    public static string TooLong(Named what, string text, int longest) => Phrase.With(Texts.ReadTextLength, what, longest, text.Length);
}
