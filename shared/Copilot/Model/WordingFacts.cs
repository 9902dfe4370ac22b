using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>What the service says by itself, and a language model may say more readably.</summary>
public sealed record WordingFacts
{
    /// <summary>Longer ones are not worded.</summary>
    public const int MaxLength = 8000;

    /// <summary>Shown where there is no wording.</summary>
    public required string Summary { get; init; }

    /// <summary>Further sentences.</summary>
    public ImmutableArray<string> Details { get; init => field = value.OrEmpty(); } = [];

    /// <summary>All of it, as its wording is checked against.</summary>
    internal string Text => string.Join('\n', [Summary, .. Details]);

    internal Value ToValue() => Value.Map(
        ("summary", Value.From(Summary)), ("details", Value.List(ImmutableArray.CreateRange(Details.Select(detail => Value.From(detail))))));
}
