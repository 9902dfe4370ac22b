using System.Collections.Immutable;
using Approvals.Directory;

namespace Approvals.Ports;

/// <summary>The people of a tenant, where somebody else keeps the directory (Microsoft Graph). A host without one has none registered.</summary>
public interface IPeopleSource
{
    /// <summary>
    /// All people, as they were a little while ago; the very same array until something changed, so that a catalog can tell cheaply. Null: the
    /// source does not know the tenant, whose people are the service's own. Completes synchronously once it has been read.
    /// </summary>
    /// <exception cref="HttpRequestException">They could not be read even once.</exception>
    ValueTask<ImmutableArray<Person>?> ReadAsync(string tenant, CancellationToken cancellation);
}
