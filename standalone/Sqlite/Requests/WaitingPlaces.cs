using System.Collections.Immutable;
using System.Globalization;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>On whose authority a request waits for answers, and until when: its rows in the waiting table.</summary>
/// <param name="Due">UTC ticks; the largest where the level has no due time.</param>
internal sealed record WaitingPlaces(long Due, ImmutableArray<string> People)
{
    public static readonly WaitingPlaces None = new(0, []);

    public static WaitingPlaces Of(RequestState state)
    {
        var people = Involvement.WaitingFor(state);
        return people.IsEmpty
            ? None
            : new(state.CurrentLevel > 0 && state.Levels[state.CurrentLevel - 1].DueAt is { } due ? due.UtcTicks : long.MaxValue, people);
    }

    /// <summary>Null for nobody. The first item is the due time.</summary>
    public string? ToColumn() => People.IsEmpty
        ? null
        : System.Text.Encoding.UTF8.GetString(StoreJson.Write(
            [Due.ToString(CultureInfo.InvariantCulture), .. People], StoreJson.Default.ImmutableArrayString));

    public static WaitingPlaces FromColumn(ReadOnlySpan<byte> column)
    {
        if (column.IsEmpty)
        {
            return None;
        }

        var items = StoreJson.Read(column, StoreJson.Default.ImmutableArrayString);
        return new(long.Parse(items[0], CultureInfo.InvariantCulture), items.RemoveAt(0));
    }
}
