using System.Collections.Immutable;
using Approvals.Functions.Tables.Partitions;
using Approvals.Inbox;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>A decision that waits for somebody: one row in the order of due times and one in the order of arrival, each with what is filtered by.</summary>
/// <param name="Due">UTC ticks.</param>
/// <param name="Number">The request's order of arrival.</param>
/// <param name="Barred"><see cref="Requests.Involvement.Barred"/>.</param>
internal readonly record struct InboxRow(string Request, long Due, long Number, string Requester, string ActionType, string RequestType, string Title,
    ImmutableArray<string> Barred)
{
    private const string ByDue = "w";
    private const string ByNumber = "v";

    public static void Put(PartitionBatch batch, RequestIndex index, string person, ImmutableArray<string> barred, bool isNew)
    {
        foreach (var sort in (ReadOnlySpan<InboxSort>)[InboxSort.Due, InboxSort.Newest])
        {
            var row = batch.Row(KeyOf(sort, person, index.Due, index.Number));
            row["request"] = index.Id;
            row["due"] = index.Due;
            row["number"] = index.Number;
            row["requester"] = index.Summary.Requester.Id;
            row["actionType"] = index.Summary.ActionType;
            row["requestType"] = index.Summary.RequestType;
            row["title"] = index.Summary.Title;
            batch.Put(barred.IsEmpty ? row : row.With("barred", barred, TableJson.Default.ImmutableArrayString), isNew);
        }
    }

    public static void Remove(PartitionBatch batch, RequestIndex index, string person)
    {
        foreach (var key in KeysOf(index, person))
        {
            batch.Remove(key);
        }
    }

    public static IEnumerable<string> KeysOf(RequestIndex index, string person) =>
        [KeyOf(InboxSort.Due, person, index.Due, index.Number), KeyOf(InboxSort.Newest, person, index.Due, index.Number)];

    /// <summary>The end of a row's key: its place among a person's rows.</summary>
    public static string OrderOf(InboxSort sort, long due, long number) => sort == InboxSort.Due
        ? $"{TableKey.Ascending(due)}|{TableKey.Ascending(number)}"
        : TableKey.Descending(number);

    /// <summary>What a person's rows in one order begin with.</summary>
    public static string First(InboxSort sort, string person) => $"{(sort == InboxSort.Due ? ByDue : ByNumber)}|{TableKey.Part(person)}";

    private static string KeyOf(InboxSort sort, string person, long due, long number) => $"{First(sort, person)}|{OrderOf(sort, due, number)}";

    public static InboxRow Of(TableEntity row) => new(
        row.GetString("request"), row.GetInt64("due")!.Value, row.GetInt64("number")!.Value, row.GetString("requester"),
        row.GetString("actionType"), row.GetString("requestType"), row.GetString("title"),
        row.Texts("barred"));
}
