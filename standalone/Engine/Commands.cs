using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Delegations;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Standalone.Sqlite.Tenants;
using Approvals.Tenants;

namespace Approvals.Standalone.Engine;

/// <summary>Carries out commands within the writer's transaction: finds, lets the decider decide, writes.</summary>
internal sealed class Commands(TimeProvider time, Preparation preparation, OpenLimit limit)
{
    /// <param name="ahead">What was prepared for it.</param>
    public StartResult Start(Ledger ledger, StartRequest start, Prepared? ahead)
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
            ledger.Record(answering, Preparation.Attempt(start, answering.Stored.State.Id));
            return new StartResult(ledger.Requests.Find(tenant.Number, answering.Stored.State.Id)!.Stored, Created: false, null);
        }

        if (ledger.Receipts.FindStray(tenant.Number, envelope.RequestId, envelope.CommandId) is { } first)
        {
            return new StartResult(null, Created: false, first.Refusal);
        }

        if (OpenLimit.Concerns(create) && ledger.AgentOpen.Find(tenant.Number, create.By.Id, create.ActionType) >= limit.Most)
        {
            var refused = limit.Refuse(start, now, out var entries);
            ledger.Record(tenant, entries);
            return refused;
        }

        var prepared = ahead?.Holds(tenant.Snapshot, null) == true ? ahead : preparation.Run(start, tenant.Snapshot);
        var transition = prepared.Transition;
        if (transition.After is null)
        {
            ledger.Record(tenant, [.. Preparation.Attempt(start, null), .. transition.Audit]);
            ledger.Receipts.InsertStray(tenant.Number, envelope.RequestId, transition.Receipt);
            return new StartResult(null, Created: false, transition.Receipt.Refusal);
        }

        return new StartResult(TransitionWriter.Write(ledger, tenant, null, prepared).Stored, Created: true, null);
    }

    /// <inheritdoc cref="Start"/>
    public CommandResult Send(Ledger ledger, CommandEnvelope envelope, Prepared? ahead)
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

        var prepared = ahead?.Holds(tenant.Snapshot, row?.Stored) == true ? ahead : preparation.Run(envelope, tenant.Snapshot, row?.Stored);
        var transition = prepared.Transition;
        if (row is null && transition.After is null)
        {
            ledger.Record(tenant, transition.Audit);
            ledger.Receipts.InsertStray(tenant.Number, envelope.RequestId, transition.Receipt);
            return new CommandResult(transition.Receipt, null);
        }

        return new CommandResult(transition.Receipt, TransitionWriter.Write(ledger, tenant, row, prepared).Stored);
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

    /// <summary>False: nothing was due, or it was refused.</summary>
    public bool RunDue(Ledger ledger, long request)
    {
        var now = time.GetUtcNow();
        if (ledger.Requests.Find(request) is not { Due: { } due } row || due > now.UtcTicks)
        {
            return false;
        }

        var state = row.Stored.State;
        var tenant = ledger.Tenants.Get(state.Tenant);
        if (Schedule.Next(state) is not { } next || next.At > now)
        {
            Reschedule(ledger, row, Schedule.Next(state)?.At.UtcTicks);
            return false;
        }

        if (ledger.Receipts.Find(row.Number, DueCommands.CommandId(state, next.Kind)) is null)
        {
            var envelope = Preparation.Due(row.Stored, next.Kind, tenant.Snapshot, now);
            row = TransitionWriter.Write(ledger, tenant, row, preparation.Run(envelope, tenant.Snapshot, row.Stored));
        }

        if (row.Stored.State.Version == state.Version)
        {
            Reschedule(ledger, row, DueRetry.AfterFailure(state, Time.At(due), now).UtcTicks);
            return false;
        }

        return true;
    }

    public bool PutOff(Ledger ledger, long request)
    {
        if (ledger.Requests.Find(request) is { Due: { } due } row)
        {
            Reschedule(ledger, row, DueRetry.AfterFailure(row.Stored.State, Time.At(due), time.GetUtcNow()).UtcTicks);
        }

        return true;
    }

    /// <summary>False: time has done nothing to it that was not told already.</summary>
    public bool TurnDelegation(Ledger ledger, string tenant, string id)
    {
        var entry = ledger.Tenants.Get(tenant);
        if (DelegationTable.Find(ledger.Connection, entry.Number, id, out var over) is not { } delegation || over
            || DelegationTurn.Due(tenant, delegation, time.GetUtcNow()) is not { } turn)
        {
            return false;
        }

        ledger.Delegations.Save(tenant, turn.After, turn.IsOver);
        ledger.Record(entry, turn.Entries);
        ledger.Outbox.Append(turn.Events);
        return true;
    }

    private static void Reschedule(Ledger ledger, RequestRow row, long? due)
    {
        ledger.Due.Move(row.Number, row.Due, due);
        ledger.Requests.Postpone(row, due);
    }

    private static RequestRow? Answering(Ledger ledger, TenantEntry tenant, Command.Create create, bool reopen, DateTimeOffset now) =>
        create.BusinessKey is { } key
        && ledger.BusinessKeys.Find(tenant.Number, key) is { } number
        && ledger.Requests.Find(number) is { } row
        && row.Stored.State.BusinessKey == key
        && BusinessKey.StillAnswers(row.Stored.State, reopen, now) ? row : null;
}
