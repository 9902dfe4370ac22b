using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>Hides sensitive payload values where people may see less than the whole: notifications, lists, prompts.</summary>
public static class Masking
{
    public const string Mask = "•••";

    /// <param name="payload">The payload itself.</param>
    /// <param name="paths">As a policy names them, e.g. <c>payload.iban</c>; a step into a list means each of its items.</param>
    public static Value Apply(Value payload, ImmutableArray<string> paths) => throw new System.Diagnostics.UnreachableException();
}
