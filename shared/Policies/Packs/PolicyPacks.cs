using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Policies.Packs;

/// <summary>Policies that ship with the product, ready to publish.</summary>
public static class PolicyPacks
{
    /// <summary>By area (purchasing, sales, inventory, pos, accounting, agents), then by key.</summary>
    public static ImmutableArray<PackedPolicy> All => throw new System.Diagnostics.UnreachableException();
}

/// <param name="Area">E.g. <c>purchasing</c>.</param>
/// <param name="Source">As <see cref="PolicyReader"/> reads it; names no tenant.</param>
public sealed record PackedPolicy(string Area, string Key, string Name, string Description, Value Source, ImmutableArray<PackCase> Cases);

/// <summary>What a pack's author expects of it, run by the tests and shown in the policy builder.</summary>
/// <param name="Input">A gate call: <c>actionType, actor?, subject?, payload</c>.</param>
/// <param name="Levels">Names of the levels asked; empty where it passes.</param>
public sealed record PackCase(string Name, Value Input, bool Gated, ImmutableArray<string> Levels);
