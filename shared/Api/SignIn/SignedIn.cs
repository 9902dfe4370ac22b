using Approvals.Tenants;

namespace Approvals.Api.SignIn;

/// <summary>What became of a call's credential.</summary>
/// <param name="Caller">Null: nobody is signed in.</param>
/// <param name="IsCrossSite">Somebody would be, but another site's page made their browser send this.</param>
public readonly record struct SignedIn(Caller? Caller, bool IsCrossSite = false);
