using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Requests;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>Everything that a transition changes, as one entity-group transaction on the request's partition, and what it leaves to be dispatched.</summary>
internal sealed record TransitionRows
{
    public required RequestRow After { get; init; }

    public required Snapshot Snapshot { get; init; }

    /// <summary>New entries, in order.</summary>
    public required ImmutableArray<AuditEntry> Entries { get; init; }

    /// <summary>New events, in order.</summary>
    public required ImmutableArray<OutboxEvent> Events { get; init; }

    /// <summary>The state changed; otherwise only entries were added.</summary>
    public bool Changes { get; init; }

    /// <summary>The business key that it answered for before.</summary>
    public string? FormerKey { get; init; }

    /// <summary>The request came to be with it.</summary>
    public bool IsFirst { get; init; }

    public required ImmutableArray<TableTransactionAction> Actions { get; init; }

    /// <param name="attempt">The gate call that led here, before everything else.</param>
    public static TransitionRows Of(LoadedRequest before, Transition transition, AuditDraft? attempt)
    {
        var state = transition.After!;
        var partition = RequestRows.PartitionOf(state.Tenant, state.Id);
        ImmutableArray<AuditDraft> drafts = attempt is null ? transition.Audit : [attempt, .. transition.Audit];
        var entries = AuditChain.Append(state.Id, before.Row?.Head ?? ChainHead.Empty, drafts);
        var events = before.Row?.Events ?? 0;
        var snapshot = transition.Snapshot ?? before.Snapshot!;
        var after = new RequestRow
        {
            State = state,
            Head = entries.IsEmpty ? before.Row?.Head ?? ChainHead.Empty : new ChainHead(entries[^1].Sequence, entries[^1].Hash),
            Events = events + transition.Outbox.Length,
            Involved = [.. (before.Row?.Involved ?? []).Union(transition.Involved, StringComparer.Ordinal)],
        };
        var actions = ImmutableArray.CreateBuilder<TableTransactionAction>();
        actions.Add(Head(partition, before.Row, after, snapshot, out var hasSnapshot));
        actions.AddRange(entries.Select(entry => Add(RequestRows.Of(partition, entry))));
        actions.AddRange(transition.Outbox.Select((happened, i) => Add(RequestRows.Of(partition, events + i + 1, happened))));
        actions.Add(Receipt(partition, before.Command, transition.Receipt));
        if (transition.Snapshot is { } taken)
        {
            if (!hasSnapshot)
            {
                actions.Add(new(TableTransactionActionType.UpsertReplace, RequestRows.Of(partition, RequestRows.Snapshot, taken)));
            }

            if (before.Snapshot is { } earlier)
            {
                actions.Add(Add(RequestRows.Of(partition, RequestRows.EarlierSnapshot(earlier.Number), earlier)));
            }
        }

        return new TransitionRows
        {
            After = after,
            Snapshot = snapshot,
            Entries = entries,
            Events = transition.Outbox,
            IsFirst = before.Row is null,
            Changes = !transition.Events.IsEmpty,
            FormerKey = before.Row?.State.BusinessKey,
            Actions = actions.ToImmutable(),
        };
    }

    /// <summary>What several commits, one after the other, leave to be dispatched together. Null: nothing, or somebody else committed in between.</summary>
    public static TransitionRows? Joined(IEnumerable<TransitionRows?> commits)
    {
        TransitionRows? all = null;
        foreach (var next in commits.OfType<TransitionRows>())
        {
            if (all is not null && next.After.Head.Sequence - next.Entries.Length != all.After.Head.Sequence)
            {
                return null;
            }

            all = all is null ? next : next with
            {
                Entries = [.. all.Entries, .. next.Entries],
                Events = [.. all.Events, .. next.Events],
                Changes = all.Changes || next.Changes,
                FormerKey = all.FormerKey,
                IsFirst = all.IsFirst,
                Actions = [],
            };
        }

        return all;
    }

    /// <summary>Entries that are no transition. Where one was appended before by its <see cref="AuditDraft.Once"/>, its name's row makes all of this fail.</summary>
    public static TransitionRows Of(LoadedRequest before, ImmutableArray<AuditDraft> drafts)
    {
        var row = before.Row!;
        var partition = RequestRows.PartitionOf(row.State.Tenant, row.State.Id);
        var entries = AuditChain.Append(row.State.Id, row.Head, drafts);
        var after = row with { Head = new ChainHead(entries[^1].Sequence, entries[^1].Hash) };
        return new TransitionRows
        {
            After = after,
            Snapshot = before.Snapshot!,
            Entries = entries,
            Events = [],
            FormerKey = row.State.BusinessKey,
            Actions =
            [
                Head(partition, row, after, before.Snapshot!, out _),
                .. entries.Select(entry => Add(RequestRows.Of(partition, entry))),
                .. drafts.Where(draft => draft.Once is not null).Select(draft => Add(new TableEntity(partition, RequestRows.OnceKey(draft.Once!)))),
            ],
        };
    }

    /// <summary>Whoever wrote in between makes this fail, and with it the whole transaction.</summary>
    private static TableTransactionAction Head(string partition, RequestRow? before, RequestRow after, Snapshot snapshot, out bool hasSnapshot)
    {
        var row = after.ToRow(partition, snapshot, out hasSnapshot);
        return before is null ? Add(row) : new(TableTransactionActionType.UpdateReplace, row, before.Tag);
    }

    /// <summary>Takes the place of the command where one was staged, under its tag: nothing is carried out twice, whatever was believed of the head row.</summary>
    private static TableTransactionAction Receipt(string partition, TableEntity? command, Receipt receipt)
    {
        var row = StagedCommand.ReceiptRow(partition, receipt);
        return command is null ? new(TableTransactionActionType.UpsertReplace, row) : new(TableTransactionActionType.UpdateReplace, row, command.ETag);
    }

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);
}
