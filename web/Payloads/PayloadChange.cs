using Approvals.Values;

namespace Approvals.Web.Payloads;

/// <summary>One difference between two snapshots.</summary>
/// <param name="Path">Steps from the payload's root: member names, and list positions from 1.</param>
/// <param name="Before">Null where it was added; masked where the policy says so.</param>
/// <param name="After">Null where it was removed; masked where the policy says so.</param>
public sealed record PayloadChange(string Path, Value? Before, Value? After);
