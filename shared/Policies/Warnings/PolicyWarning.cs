namespace Approvals.Policies.Warnings;

/// <summary>What a policy says that is allowed, and most likely not meant.</summary>
/// <param name="Path">Where, as an RFC 6901 pointer into the policy: <c>/levels/0/approvers/1</c>.</param>
/// <param name="Message">For people, with what was probably meant.</param>
public sealed record PolicyWarning(string Path, string Message);
