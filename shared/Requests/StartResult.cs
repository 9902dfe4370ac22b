using Approvals.Chains;

namespace Approvals.Requests;

/// <param name="Request">Null exactly where refused.</param>
/// <param name="Created">False where an open request answered.</param>
/// <param name="Settled">
/// False: accepted, and not carried out yet (only where commands travel). The request is then as its creator asked for it, pending, at no level.
/// </param>
public sealed record StartResult(StoredRequest? Request, bool Created, Refusal? Refusal, bool Settled = true);
