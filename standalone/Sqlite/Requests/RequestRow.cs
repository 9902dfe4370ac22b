using System.Collections.Immutable;
using Approvals.Requests;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>A request with what other tables hold of it, as of its last write.</summary>
/// <param name="Number">From 1, in order of creation.</param>
/// <param name="Tenant">The tenant's number.</param>
/// <param name="Due">UTC ticks of its row in the due table, if it has one.</param>
/// <param name="Involved">All who were ever said to take part.</param>
internal sealed record RequestRow(
    long Number, long Tenant, StoredRequest Stored, long? Due, WaitingPlaces Waiting, ImmutableArray<string> Involved);
