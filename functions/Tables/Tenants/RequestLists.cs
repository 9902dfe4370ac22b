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
    private const string Prefix = "l|";

    /// <summary>Where the rows begin of the shortest list that has everything asked for.</summary>
    public static string BeginningOf(RequestQuery query) =>
        query.Subject is { } subject ? Beginning("s", subject)
        : (query.Requester ?? query.VisibleTo) is { } person ? Beginning("p", person)
        : query.Status is { } status ? Beginning("u", Word(status))
        : query.RequestType is { } type ? Beginning("t", type)
        : Beginning("a", "");

    /// <summary>The lists that a request is in for good.</summary>
    public static void PutFixed(PartitionBatch batch, RequestIndex index)
    {
        Put(batch, Beginning("a", ""), index);
        Put(batch, Beginning("s", index.Summary.Subject.ToString()), index);
        Put(batch, Beginning("t", index.Summary.RequestType), index);
    }

    public static void PutPerson(PartitionBatch batch, RequestIndex index, string person) => Put(batch, Beginning("p", person), index);

    /// <summary>Moves it from the list of the status that it had to that of the one it has.</summary>
    public static RequestIndex Move(PartitionBatch batch, RequestIndex index)
    {
        var status = Word(index.Summary.Status);
        if (index.ListedStatus == status)
        {
            return index;
        }

        if (index.ListedStatus is { } before)
        {
            batch.Remove(KeyOf(Beginning("u", before), index.Number));
        }

        Put(batch, Beginning("u", status), index);
        return index with { ListedStatus = status };
    }

    public static string KeyOf(string beginning, long number) => beginning + TableKey.Descending(number);

    private static string Word(RequestStatus status) => status.ToString();

    private static string Beginning(string list, string value) => $"{Prefix}{list}|{TableKey.Part(value)}|";

    private static void Put(PartitionBatch batch, string beginning, RequestIndex index)
    {
        var row = batch.Row(KeyOf(beginning, index.Number));
        row["id"] = index.Id;
        batch.Put(row);
    }
}
