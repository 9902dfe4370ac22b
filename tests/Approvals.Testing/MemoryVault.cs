using System.Collections.Concurrent;
using Approvals.Ports;

namespace Approvals.Testing;

/// <summary>A vault that tests may look into.</summary>
public sealed class MemoryVault : IVault
{
    public ConcurrentDictionary<(string Tenant, string Name), string> Secrets { get; } = new();

    public Task<bool> StoreAsync(string tenant, string name, string secret, CancellationToken cancellation) =>
        Task.FromResult(Secrets.TryAdd((tenant, name), secret));

    public Task RemoveAsync(string tenant, string name, CancellationToken cancellation)
    {
        Secrets.TryRemove((tenant, name), out _);
        return Task.CompletedTask;
    }
}
