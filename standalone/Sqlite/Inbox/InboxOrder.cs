using System.Collections.Immutable;
using Approvals.Inbox;

namespace Approvals.Standalone.Sqlite.Inbox;

/// <summary>The orders of inboxes, each over an index of its own.</summary>
internal abstract class InboxOrder
{
    public static InboxOrder Of(InboxSort sort) => sort == InboxSort.Newest ? new Newest() : new Due();

    /// <summary>The number of a cursor's keys.</summary>
    protected abstract int Keys { get; }

    /// <summary>Before every row.</summary>
    public abstract ImmutableArray<long> Start { get; }

    public abstract ImmutableArray<long> KeysOf(WaitingRow row);

    public abstract int Compare(WaitingRow left, WaitingRow right);

    /// <summary>Rows of a person after some keys; parameters 5 and up are free. The sixth column is whom it bars, the seventh the title where <paramref name="titled"/>, else null.</summary>
    public abstract Statement Rows(Connection connection, long tenant, string person, ImmutableArray<long> after, bool titled);

    // Every text a constant: one composed at each call would be prepared, and kept, at each call.
    private const string Plain = "SELECT due, request, requester, action_type, request_type, barred, NULL FROM waiting";

    /// <summary>Titles are fetched with the rows: one by one they would cost a search of ten thousand rows several times as much.</summary>
    private const string Titled =
        "SELECT due, request, requester, action_type, request_type, barred, (SELECT title FROM request WHERE number = waiting.request) FROM waiting";

    /// <exception cref="InvalidCursorException">Not one of this order's.</exception>
    public ImmutableArray<long> After(string? cursor) => Cursor.Read(cursor, Keys) ?? Start;

    public string CursorAt(WaitingRow row) => Cursor.Write(KeysOf(row).AsSpan());

    /// <summary>The earliest due first.</summary>
    private sealed class Due : InboxOrder
    {
        private const string Stretch = "WHERE tenant = ?1 AND person = ?2 AND (due, request) > (?3, ?4) ORDER BY due, request LIMIT ?5";

        protected override int Keys => 2;

        public override ImmutableArray<long> Start => [long.MinValue, 0];

        public override ImmutableArray<long> KeysOf(WaitingRow row) => [row.Due, row.Request];

        public override int Compare(WaitingRow left, WaitingRow right) => (left.Due, left.Request).CompareTo((right.Due, right.Request));

        public override Statement Rows(Connection connection, long tenant, string person, ImmutableArray<long> after, bool titled) =>
            connection.Prepare(titled ? $"{Titled} {Stretch}" : $"{Plain} {Stretch}")
                .Bind(1, tenant).Bind(2, person).Bind(3, after[0]).Bind(4, after[1]);
    }

    private sealed class Newest : InboxOrder
    {
        private const string Stretch = "WHERE tenant = ?1 AND person = ?2 AND request < ?3 ORDER BY request DESC LIMIT ?5";

        protected override int Keys => 1;

        public override ImmutableArray<long> Start => [long.MaxValue];

        public override ImmutableArray<long> KeysOf(WaitingRow row) => [row.Request];

        public override int Compare(WaitingRow left, WaitingRow right) => right.Request.CompareTo(left.Request);

        public override Statement Rows(Connection connection, long tenant, string person, ImmutableArray<long> after, bool titled) =>
            connection.Prepare(titled ? $"{Titled} {Stretch}" : $"{Plain} {Stretch}")
                .Bind(1, tenant).Bind(2, person).Bind(3, after[0]);
    }
}
