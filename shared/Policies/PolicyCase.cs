using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>What a policy's author expects of it: a test case that is kept with the policy.</summary>
/// <param name="Input">A gate call: <c>actionType?, actor?, subject?, payload</c>.</param>
/// <param name="Gated">The policy asks for approval.</param>
/// <param name="Levels">Names of the levels asked, in order; empty where it passes.</param>
public sealed record PolicyCase(string Name, Value Input, bool Gated, ImmutableArray<string> Levels);
