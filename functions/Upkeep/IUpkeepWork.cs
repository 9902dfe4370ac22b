namespace Approvals.Functions.Upkeep;

/// <summary>What time asks of the service beside its requests, whose due times their orchestrations keep. All of it repeatable.</summary>
public interface IUpkeepWork
{
    /// <summary>Tells of delegations that ended, carries over events and entries that a stopped process left, sends mail that was held back.</summary>
    Task EveryMinuteAsync(CancellationToken cancellation);

    /// <summary>Drops responses that are kept no longer.</summary>
    Task EveryDayAsync(CancellationToken cancellation);

    Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation);

    /// <summary>Takes a checkpoint of what came to the tenant's trail since the last one.</summary>
    Task TakeCheckpointAsync(string tenant, CancellationToken cancellation);

    /// <summary>Makes lists, inboxes and the audit index of a stretch of the tenant's requests anew; first removes places that entries have twice.</summary>
    /// <returns>Where to go on; null when all is done.</returns>
    Task<string?> RebuildAsync(string tenant, string? after, CancellationToken cancellation);
}
