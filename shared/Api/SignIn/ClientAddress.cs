namespace Approvals.Api.SignIn;

/// <summary>Where a call came from before a trusted proxy passed it on. A feature of the call, set by whoever knows the proxy.</summary>
public sealed record ClientAddress(string Ip);
