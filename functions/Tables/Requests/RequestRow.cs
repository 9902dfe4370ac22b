using System.Collections.Immutable;
using System.Text.Json;
using Approvals.Audit;
using Approvals.Chains.Json;
using Approvals.Chains.State;
using Approvals.Requests;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>The head row of a request's partition: its state, and where its chain and its events stand. Every write of the partition replaces it.</summary>
internal sealed record RequestRow
{
    public const string Key = "s";

    /// <summary>Bytes of a snapshot that every write of the row carries along.</summary>
    private const int MostInside = 32 * 1024;

    public required RequestState State { get; init; }

    public required ChainHead Head { get; init; }

    /// <summary>Events that left it so far.</summary>
    public required long Events { get; init; }

    /// <summary>Everybody who may see it.</summary>
    public required ImmutableArray<string> Involved { get; init; }

    public ETag Tag { get; init; }

    /// <summary>With the snapshot under decision, where it is small enough: nearly every one is, and then one look-up reads all of a request.</summary>
    /// <param name="hasSnapshot">False: it needs a row of its own.</param>
    public TableEntity ToRow(string partition, Snapshot snapshot, out bool hasSnapshot)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(snapshot, ChainJson.Snapshot);
        hasSnapshot = body.Length <= MostInside;
        return hasSnapshot ? ToRow(partition).With("snapshot", body) : ToRow(partition);
    }

    /// <summary>Null: it has a row of its own.</summary>
    public static Snapshot? SnapshotOf(TableEntity row) => row.ContainsKey("snapshot") ? row.Read("snapshot", ChainJson.Snapshot) : null;

    private TableEntity ToRow(string partition) => new TableEntity(partition, Key)
    {
        ["headSequence"] = Head.Sequence,
        ["headHash"] = Head.Hash,
        ["events"] = Events,
    }.With("state", StateWriter.Write(State)).With("involved", Involved, TableJson.Default.ImmutableArrayString);

    public static RequestRow Of(TableEntity row) => new()
    {
        State = row.Read("state", ChainJson.State),
        Head = new ChainHead(row.GetInt64("headSequence") ?? 0, row.GetString("headHash") ?? ChainHead.Empty.Hash),
        Events = row.GetInt64("events") ?? 0,
        Involved = row.Read("involved", TableJson.Default.ImmutableArrayString),
        Tag = row.ETag,
    };
}
