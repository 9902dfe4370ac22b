namespace Approvals.Audit;

/// <summary>What recomputing the trail found.</summary>
/// <param name="Checked">Entries recomputed.</param>
public sealed record AuditVerification(bool Valid, long Checked, InvalidEntry? FirstInvalid);

/// <summary>The first entry, in order of arrival, that does not hold.</summary>
public sealed record InvalidEntry(string RequestId, long Sequence, string Reason);
