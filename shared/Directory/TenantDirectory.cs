using System.Collections.Immutable;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>A tenant as a directory file gives it.</summary>
public sealed record TenantDirectory(TenantSettings Settings, ImmutableArray<Person> People);
