using System.Collections.Immutable;
using Approvals.Inbox;
using Approvals.Policies;

namespace Approvals.Standalone.Sqlite.Inbox;

/// <summary>The waiting decisions of one authority that match, read a stretch at a time.</summary>
internal sealed class InboxSource(
    Connection connection, long tenant, InboxAuthority authority, InboxFilters filters, string? search, InboxOrder order, ImmutableArray<long> after)
{
    private const int FirstStretch = 64;
    private const int LongestStretch = 4096;

    private readonly Queue<WaitingRow> rows = new();
    private readonly bool anyAction = authority.ActionTypes.Contains(ActionPattern.All);
    private ImmutableArray<long> after = after;
    private int stretch = FirstStretch;
    private bool ended;

    /// <summary>The next row, or null at the end.</summary>
    public WaitingRow? Peek()
    {
        while (rows.Count == 0 && !ended)
        {
            Fill();
        }

        return rows.Count > 0 ? rows.Peek() : null;
    }

    public void Take() => rows.Dequeue();

    private void Fill()
    {
        var read = 0;
        WaitingRow last = default;
        var statement = order.Rows(connection, tenant, authority.Person, after, search is not null).Bind(5, stretch);
        while (statement.Step())
        {
            read++;
            last = new WaitingRow(statement.Int(0), statement.Int(1), statement.Text(2), statement.Text(3), statement.Text(4));
            if (filters.Match(last.Due, last.Requester, last.RequestType, Barred(statement.Bytes(5)))
                && (search is null || statement.Text(6).Contains(search, StringComparison.OrdinalIgnoreCase))
                && (anyAction || ActionPattern.MatchesAny(authority.ActionTypes, last.ActionType)))
            {
                rows.Enqueue(last);
            }
        }

        ended = read < stretch;
        after = read > 0 ? order.KeysOf(last) : after;
        stretch = Math.Min(stretch * 4, LongestStretch);
    }

    private static ImmutableArray<string> Barred(ReadOnlySpan<byte> column) =>
        column.IsEmpty ? [] : StoreJson.Read(column, StoreJson.Default.ImmutableArrayString);
}
