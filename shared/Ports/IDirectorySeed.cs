using System.Collections.Immutable;
using Approvals.Directory;

namespace Approvals.Ports;

/// <summary>Takes over what a directory file says, when the host starts.</summary>
public interface IDirectorySeed
{
    /// <summary>
    /// Its tenants and people are as it has them; whom it named before and names no longer is removed where it says so. What is the same already is not
    /// written again.
    /// Safe in several workers at once.
    /// </summary>
    ValueTask SeedAsync(ImmutableArray<TenantDirectory> tenants, CancellationToken cancellation);
}
