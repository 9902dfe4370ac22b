using Approvals.Audit;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>A request as a store gives it: its state, the snapshot under decision, and the end of its audit chain.</summary>
public sealed record StoredRequest(RequestState State, Snapshot Snapshot, ChainHead Head);
