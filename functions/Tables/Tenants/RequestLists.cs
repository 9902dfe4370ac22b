using Approvals.Chains;
using Approvals.Functions.Tables.Partitions;
using Approvals.Requests;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Lists of requests, newest first: of the whole tenant, and by person, status, type and subject. A row has only the request's id: what changes
/// stands once, in its <see cref="RequestIndex"/>.
/// </summary>
internal static class RequestLists
{
    /// <summary>What the rows begin with of the shortest list that has everything asked for.</summary>
    public static string FirstOf(RequestQuery query) =>
        query.Subject is { } subject ? First("s", subject)
        : (query.Requester ?? query.VisibleTo) is { } person ? First("p", person)
        : query.Status is { } status ? First("u", Word(status))
        : query.RequestType is { } type ? First("t", type)
        : First("a", "");

    /// <summary>The lists that a request is in for good.</summary>
    /// <param name="isNew">It is in none of them yet.</param>
    public static void PutFixed(PartitionBatch batch, RequestIndex index, bool isNew)
    {
        foreach (var first in Fixed(index))
        {
            Put(batch, first, index, isNew);
        }
    }

    /// <summary>Keys of all rows that it has.</summary>
    public static IEnumerable<string> KeysOf(RequestIndex index)
    {
        var status = index.ListedStatus is { } word ? [First("u", word)] : Array.Empty<string>();
        return Fixed(index).Concat(status).Concat(index.Listed.Select(person => First("p", person))).Select(first => KeyOf(first, index.Number));
    }

    public static void PutPerson(PartitionBatch batch, RequestIndex index, string person, bool isNew) =>
        Put(batch, First("p", person), index, isNew);

    /// <summary>Moves it from the list of the status that it had to that of the one it has.</summary>
    public static RequestIndex Move(PartitionBatch batch, RequestIndex index, bool isNew)
    {
        var status = Word(index.Summary.Status);
        if (index.ListedStatus == status)
        {
            return index;
        }

        if (index.ListedStatus is { } before)
        {
            batch.Remove(KeyOf(First("u", before), index.Number));
        }

        Put(batch, First("u", status), index, isNew);
        return index with { ListedStatus = status };
    }

    private static string KeyOf(string first, long number) => $"{first}|{TableKey.Descending(number)}";

    private static IEnumerable<string> Fixed(RequestIndex index) =>
        [First("a", ""), First("s", index.Summary.Subject.ToString()), First("t", index.Summary.RequestType)];

    private static string Word(RequestStatus status) => status.ToString();

    private static string First(string list, string value) => $"l|{list}|{TableKey.Part(value)}";

    private static void Put(PartitionBatch batch, string first, RequestIndex index, bool isNew)
    {
        var row = batch.Row(KeyOf(first, index.Number));
        row["id"] = index.Id;
        batch.Put(row, isNew);
    }
}
