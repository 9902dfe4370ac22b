using System.Collections.Immutable;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>To whom a person's rows of an inbox are not shown, as <see cref="Requests.Involvement.Barred"/> had it when they were written.</summary>
/// <param name="Person">Whose inbox it is.</param>
internal sealed record InboxBar(string Person, ImmutableArray<string> Barred)
{
    private const string Property = "bars";

    /// <summary>What earlier programs wrote in its place: texts of lines, the person's and one for each of those barred. Ids have no control characters.</summary>
    private const string AsLines = "barred";

    public bool Is(string person, ImmutableArray<string> barred) => Person == person && Barred.SequenceEqual(barred, StringComparer.Ordinal);

    public static TableEntity Onto(TableEntity row, ImmutableArray<InboxBar> bars) => row.With(Property, bars, TableJson.Default.ImmutableArrayInboxBar);

    /// <summary>Of a row in the present or the earlier form; none where it has neither.</summary>
    public static ImmutableArray<InboxBar> Of(TableEntity row) => row.ContainsKey(Property)
        ? row.Read(Property, TableJson.Default.ImmutableArrayInboxBar)
        : [.. row.Texts(AsLines).Select(FromLines)];

    private static InboxBar FromLines(string text)
    {
        var lines = text.Split('\n');
        return new InboxBar(lines[0], [.. lines.Skip(1)]);
    }
}
