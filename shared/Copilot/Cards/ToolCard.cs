using System.Collections.Immutable;

namespace Approvals.Copilot.Cards;

/// <summary>One answer of a copilot tool: what was found, how sure it is, and where it comes from. It never decides anything.</summary>
public sealed record ToolCard
{
    public required string Title { get; init; }

    /// <summary>A sentence or two for people. Sensitive payload values are masked.</summary>
    public required string Summary { get; init; }

    /// <summary>0 to 1; 1 where it was looked up or computed and not inferred.</summary>
    public double Confidence { get; init => field = Math.Clamp(value, 0, 1); } = 1;

    /// <summary>The reasons, most important first.</summary>
    public ImmutableArray<string> Why { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What the card was made of.</summary>
    public ImmutableArray<Provenance> Provenance { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What a signed-in person may do about it; null where there is nothing to do.</summary>
    public ApplyAction? Apply { get; init; }
}
