using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains.Json;
using Approvals.Chains.State;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>The head row of a request's partition: its state, and where its chain and its events stand. Every write of the partition replaces it.</summary>
internal sealed record RequestRow
{
    public const string Key = "s";

    public required RequestState State { get; init; }

    public required ChainHead Head { get; init; }

    /// <summary>Events that left it so far.</summary>
    public required long Events { get; init; }

    /// <summary>Everybody who may see it.</summary>
    public required ImmutableArray<string> Involved { get; init; }

    public ETag Tag { get; init; }

    public TableEntity ToRow(string partition) => new TableEntity(partition, Key)
    {
        ["headSequence"] = Head.Sequence,
        ["headHash"] = Head.Hash,
        ["events"] = Events,
    }.With("state", State, ChainJson.State).With("involved", Involved, TableJson.Default.ImmutableArrayString);

    public static RequestRow Of(TableEntity row) => new()
    {
        State = row.Read("state", ChainJson.State),
        Head = new ChainHead(row.GetInt64("headSequence") ?? 0, row.GetString("headHash") ?? ChainHead.Empty.Hash),
        Events = row.GetInt64("events") ?? 0,
        Involved = row.Read("involved", TableJson.Default.ImmutableArrayString),
        Tag = row.ETag,
    };
}
