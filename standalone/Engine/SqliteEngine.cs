using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Standalone.Engine;

/// <summary>Commands over SQLite: each is prepared by who sends it, written by the one writer, and answered after its commit.</summary>
internal sealed class SqliteEngine(Writer writer, TimeProvider time, Preparation preparation, OpenLimit limit) : IRequestEngine
{
    private readonly Commands commands = new(time, preparation, limit);

    public ValueTask<StartResult> StartAsync(StartRequest start, CancellationToken cancellation)
    {
        var ahead = preparation.Ahead(start);
        return writer.RunAsync(ledger => commands.Start(ledger, start, ahead), cancellation);
    }

    public ValueTask<CommandResult> SendAsync(CommandEnvelope envelope, CancellationToken cancellation)
    {
        var ahead = preparation.Ahead(envelope);
        return writer.RunAsync(ledger => commands.Send(ledger, envelope, ahead), cancellation);
    }

    public async ValueTask RecordAsync(ImmutableArray<AuditDraft> entries, CancellationToken cancellation)
    {
        if (!entries.IsEmpty)
        {
            await writer.RunAsync(ledger => Commands.Record(ledger, entries), cancellation);
        }
    }

    /// <summary>Carries out what time commands of a request, by its number.</summary>
    public async ValueTask RunDueAsync(long request, CancellationToken cancellation) =>
        await writer.RunAsync(ledger => commands.RunDue(ledger, request), cancellation);

    /// <summary>Has what is due of a request tried again later.</summary>
    public async ValueTask PutOffAsync(long request, CancellationToken cancellation) =>
        await writer.RunAsync(ledger => commands.PutOff(ledger, request), cancellation);

    /// <summary>Tells of a delegation what time has done to it.</summary>
    public async ValueTask TurnDelegationAsync(string tenant, string id, CancellationToken cancellation) =>
        await writer.RunAsync(ledger => commands.TurnDelegation(ledger, tenant, id), cancellation);
}
