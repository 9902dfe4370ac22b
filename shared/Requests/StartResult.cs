using Approvals.Chains;

namespace Approvals.Requests;

/// <param name="Request">Null exactly where refused.</param>
/// <param name="Created">False where an open request answered.</param>
public sealed record StartResult(StoredRequest? Request, bool Created, Refusal? Refusal);
