using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains.Sla;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Standalone.Sqlite.Tenants;

namespace Approvals.Standalone.Engine;

/// <summary>Writes everything that a transition changes.</summary>
internal static class TransitionWriter
{
    public static RequestRow Write(Ledger ledger, TenantEntry tenant, RequestRow? before, Prepared prepared)
    {
        var transition = prepared.Transition;
        var state = transition.After!;
        var number = before?.Number ?? ledger.Requests.Reserve();
        var last = before?.Stored.Head ?? ChainHead.Empty;
        var head = ledger.Audit.Append(tenant.Number, number, last, prepared.Entries(last));
        ledger.Outbox.Append(transition.Outbox);
        ledger.Receipts.Insert(number, transition.Receipt);

        var row = new RequestRow(
            number,
            tenant.Number,
            new StoredRequest(state, transition.Snapshot ?? before!.Stored.Snapshot, head),
            before?.Due,
            before?.Waiting ?? WaitingPlaces.None,
            Union(before?.Involved ?? [], transition.Involved));
        if (transition.Events.IsEmpty)
        {
            if (head != last)
            {
                ledger.Requests.UpdateHead(row, head);
            }

            return row;
        }

        row = row with { Due = Schedule.Next(state)?.At.UtcTicks, Waiting = WaitingPlaces.Of(state) };
        if (prepared.Snapshot is { } text)
        {
            ledger.Requests.InsertSnapshot(number, row.Stored.Snapshot.Number, text.Span);
        }

        if (before is null)
        {
            ledger.Requests.Insert(row, prepared.State.Span);
        }
        else
        {
            ledger.Requests.Update(before, row, prepared.State.Span);
        }

        ledger.Due.Move(number, before?.Due, row.Due);
        ledger.Waiting.Move(tenant.Number, number, before?.Waiting ?? WaitingPlaces.None, row.Waiting, state);
        ledger.AgentOpen.Move(tenant.Number, before?.Stored.State, state);
        Answer(ledger, tenant, before, row, transition.Receipt.At);
        return row;
    }

    private static void Answer(Ledger ledger, TenantEntry tenant, RequestRow? before, RequestRow row, DateTimeOffset now)
    {
        if (row.Stored.State.BusinessKey is not { } key)
        {
            return;
        }

        if (before?.Stored.State.BusinessKey != key)
        {
            // A new request, or one that took another payload and answers for that from now on.
            if (before?.Stored.State.BusinessKey is { } former)
            {
                ledger.BusinessKeys.Remove(tenant.Number, former, row.Number);
            }

            ledger.BusinessKeys.Put(tenant.Number, key, row.Number);
        }
        else if (BusinessKey.StillAnswers(before.Stored.State, reopen: false, now) && !BusinessKey.StillAnswers(row.Stored.State, reopen: false, now))
        {
            ledger.BusinessKeys.Remove(tenant.Number, key, row.Number);
        }
    }

    private static ImmutableArray<string> Union(ImmutableArray<string> known, ImmutableArray<string> more) =>
        more.All(person => known.Contains(person, StringComparer.Ordinal)) ? known : [.. known.Union(more, StringComparer.Ordinal)];
}
