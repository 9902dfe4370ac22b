using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Tenants;

/// <summary>The built-in demo tenant <c>contoso</c>, in the very form of a directory file and of policy files.</summary>
public static class Demo
{
    public static Value Directory => throw new System.Diagnostics.UnreachableException();

    public static ImmutableArray<Value> Policies => throw new System.Diagnostics.UnreachableException();
}
