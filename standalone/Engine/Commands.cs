using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Standalone.Sqlite.Tenants;
using Approvals.Tenants;

namespace Approvals.Standalone.Engine;

/// <summary>Carries out commands within the writer's transaction: finds, lets the decider decide, writes.</summary>
internal sealed class Commands(TimeProvider time, Func<TenantSnapshot, Snapshot, ILevelResolver> resolverOf)
{
    /// <summary>When a command of time was refused, and so would be due for ever, it is tried again after this long.</summary>
    private static readonly TimeSpan Postponed = TimeSpan.FromHours(1);

    public StartResult Start(Ledger ledger, StartRequest start)
    {
        var envelope = start.Create;
        var create = (Command.Create)envelope.Command;
        var tenant = ledger.Tenants.Get(envelope.Tenant);
        if (ledger.Requests.Find(tenant.Number, envelope.RequestId) is { } existing)
        {
            return new StartResult(existing.Stored, Created: false, null);
        }

        var now = time.GetUtcNow();
        if (Answering(ledger, tenant, create, start.Reopen, now) is { } answering)
        {
            ledger.Record(answering, Attempt(start, answering.Stored.State.Id));
            return new StartResult(ledger.Requests.Find(tenant.Number, answering.Stored.State.Id)!.Stored, Created: false, null);
        }

        if (ledger.Receipts.FindStray(tenant.Number, envelope.RequestId, envelope.CommandId) is { } first)
        {
            return new StartResult(null, Created: false, first.Refusal);
        }

        var transition = Run(null, envelope, tenant, now, start.Submit);
        if (transition.After is null)
        {
            ledger.Record(tenant, [.. Attempt(start, null), .. transition.Audit]);
            ledger.Receipts.InsertStray(tenant.Number, envelope.RequestId, transition.Receipt);
            return new StartResult(null, Created: false, transition.Receipt.Refusal);
        }

        return new StartResult(Apply(ledger, tenant, null, transition, Attempt(start, envelope.RequestId)).Stored, Created: true, null);
    }

    public CommandResult Send(Ledger ledger, CommandEnvelope envelope)
    {
        var tenant = ledger.Tenants.Get(envelope.Tenant);
        var row = ledger.Requests.Find(tenant.Number, envelope.RequestId);
        var first = row is null
            ? ledger.Receipts.FindStray(tenant.Number, envelope.RequestId, envelope.CommandId)
            : ledger.Receipts.Find(row.Number, envelope.CommandId);
        if (first is not null)
        {
            return new CommandResult(first, row?.Stored);
        }

        var transition = Run(row?.Stored, envelope, tenant, time.GetUtcNow(), submit: false);
        if (row is null && transition.After is null)
        {
            ledger.Record(tenant, transition.Audit);
            ledger.Receipts.InsertStray(tenant.Number, envelope.RequestId, transition.Receipt);
            return new CommandResult(transition.Receipt, null);
        }

        return new CommandResult(transition.Receipt, Apply(ledger, tenant, row, transition, []).Stored);
    }

    /// <summary>Entries of one request are appended together; the order within each chain is the given one.</summary>
    public static bool Record(Ledger ledger, ImmutableArray<AuditDraft> entries)
    {
        foreach (var group in entries.GroupBy(entry => (entry.Tenant, entry.RequestId)))
        {
            var tenant = ledger.Tenants.Get(group.Key.Tenant);
            var row = group.Key.RequestId is { } id ? ledger.Requests.Find(tenant.Number, id) : null;
            if (row is null)
            {
                ledger.Record(tenant, [.. group]);
            }
            else
            {
                ledger.Record(row, [.. group]);
            }
        }

        return true;
    }

    public int RunDue(Ledger ledger, IReadOnlyList<long> requests)
    {
        var changed = 0;
        foreach (var number in requests)
        {
            var now = time.GetUtcNow();
            if (ledger.Requests.Find(number) is { Due: { } due } row && due <= now.UtcTicks)
            {
                changed += RunDue(ledger, row, now) ? 1 : 0;
            }
        }

        return changed;
    }

    private bool RunDue(Ledger ledger, RequestRow row, DateTimeOffset now)
    {
        var state = row.Stored.State;
        var tenant = ledger.Tenants.Get(state.Tenant);
        if (Schedule.Next(state) is not { } next || next.At > now)
        {
            Reschedule(ledger, row, Schedule.Next(state)?.At.UtcTicks);
            return false;
        }

        var command = Synchronous(DueCommands.OfAsync(state, next.Kind, now, resolverOf(tenant.Snapshot, row.Stored.Snapshot)));
        var id = DueCommands.CommandId(state, next.Kind);
        if (ledger.Receipts.Find(row.Number, id) is null)
        {
            var envelope = new CommandEnvelope { Tenant = state.Tenant, RequestId = state.Id, CommandId = id, Command = command };
            var after = Apply(ledger, tenant, row, Run(row.Stored, envelope, tenant, now, submit: false), []);
            if (after.Stored.State.Version > state.Version)
            {
                return true;
            }

            row = after;
        }

        Reschedule(ledger, row, (now + Postponed).UtcTicks);
        return false;
    }

    private static void Reschedule(Ledger ledger, RequestRow row, long? due)
    {
        ledger.Due.Move(row.Number, row.Due, due);
        ledger.Requests.Update(row, row with { Due = due });
    }

    private static RequestRow? Answering(Ledger ledger, TenantEntry tenant, Command.Create create, bool reopen, DateTimeOffset now) =>
        create.BusinessKey is { } key
        && ledger.BusinessKeys.Find(tenant.Number, key) is { } number
        && ledger.Requests.Find(number) is { } row
        && row.Stored.State.BusinessKey == key
        && BusinessKey.StillAnswers(row.Stored.State, reopen, now) ? row : null;

    private static ImmutableArray<AuditDraft> Attempt(StartRequest start, string? requestId) =>
        start.Attempt is { } attempt ? [attempt with { RequestId = requestId }] : [];

    private Transition Run(StoredRequest? current, CommandEnvelope envelope, TenantEntry tenant, DateTimeOffset now, bool submit)
    {
        // A command without snapshot to a request that does not exist is refused before anything is resolved.
        var snapshot = envelope.Snapshot ?? current?.Snapshot;
        return Synchronous(Transitions.RunAsync(current, envelope, now, snapshot is null ? NoLevels.Instance : resolverOf(tenant.Snapshot, snapshot), submit));
    }

    private static T Synchronous<T>(ValueTask<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The writer can't wait: resolvers complete synchronously.");

    /// <summary>Writes a transition, with the gate call that led to it before it.</summary>
    private static RequestRow Apply(Ledger ledger, TenantEntry tenant, RequestRow? before, Transition transition, ImmutableArray<AuditDraft> attempt)
    {
        var state = transition.After!;
        var number = before?.Number ?? ledger.Requests.Reserve();
        var entries = attempt.IsEmpty ? transition.Audit : [.. attempt, .. transition.Audit];
        var head = ledger.Audit.Append(tenant.Number, number, state.Id, before?.Stored.Head ?? ChainHead.Empty, entries);
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
            if (!entries.IsEmpty)
            {
                ledger.Requests.UpdateHead(row, head);
            }

            return row;
        }

        row = row with { Due = Schedule.Next(state)?.At.UtcTicks, Waiting = WaitingPlaces.Of(state) };
        if (transition.Snapshot is { } snapshot)
        {
            ledger.Requests.InsertSnapshot(number, snapshot);
        }

        if (before is null)
        {
            ledger.Requests.Insert(row);
        }
        else
        {
            ledger.Requests.Update(before, row);
        }

        ledger.Due.Move(number, before?.Due, row.Due);
        ledger.Waiting.Move(tenant.Number, number, before?.Waiting ?? WaitingPlaces.None, row.Waiting, state);
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
