namespace Approvals.Ports;

/// <summary>Whether the host can make durable what it would acknowledge. A host without something of its own to say registers none.</summary>
public interface IReadiness
{
    /// <summary>Null: it can. Otherwise a sentence for whoever operates it; nothing in it is of a tenant.</summary>
    ValueTask<string?> ProblemAsync(CancellationToken cancellation);
}
