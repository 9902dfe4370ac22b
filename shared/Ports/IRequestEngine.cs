using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Requests;

namespace Approvals.Ports;

/// <summary>
/// Runs commands, one at a time per request, each through <see cref="Transitions"/>; answers only after the commit. The
/// standalone host has one writer over SQLite behind it, the Functions host an orchestration per request.
/// </summary>
public interface IRequestEngine
{
    /// <summary>Creates a request, and submits it unless it is a draft; where the business key has one that still answers, returns that.</summary>
    ValueTask<StartResult> StartAsync(StartRequest start, CancellationToken cancellation);

    /// <summary>Carries out one command; a repeated command id gets the first receipt.</summary>
    ValueTask<CommandResult> SendAsync(CommandEnvelope envelope, CancellationToken cancellation);

    /// <summary>
    /// Appends entries that are no transition: to the chains of the requests that they name, else to the tenant's. Durable when it returns.
    /// Order is kept within each chain; what a chain has already by its <see cref="AuditDraft.Once"/> is left out.
    /// </summary>
    ValueTask RecordAsync(ImmutableArray<AuditDraft> entries, CancellationToken cancellation);
}
