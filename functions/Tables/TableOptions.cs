namespace Approvals.Functions.Tables;

/// <summary>How the service's tables are named.</summary>
/// <param name="Prefix">Letters and digits; tables of several installations may lie in one account.</param>
public sealed record TableOptions(string Prefix = "approvals");
