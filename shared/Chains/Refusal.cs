namespace Approvals.Chains;

/// <summary>An expected "no", with a stable code. It changes nothing, and is audited.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">For people; no personal data, no secrets.</param>
public sealed record Refusal(string Code, string Detail);
