using System.Collections.Immutable;
using Approvals.Directory;

namespace Approvals.Web.SignIn;

/// <summary>The sign-in page.</summary>
/// <param name="Tenants">Whom one may choose to be; empty where a token is asked for.</param>
/// <param name="Return">Where to go afterwards; a path of this site.</param>
/// <param name="Chosen">The persona that a link named, as <c>tenant.person</c>.</param>
public sealed record SignInView(ImmutableArray<PersonaTenant> Tenants, string Return, string? Chosen, string? Refused);

public sealed record PersonaTenant(string Id, ImmutableArray<Person> People);
