using System.Collections.Immutable;

namespace Approvals;

/// <summary>A stretch of a list.</summary>
/// <param name="NextCursor">Opaque; null at the end.</param>
public sealed record Page<T>(ImmutableArray<T> Items, string? NextCursor);

/// <summary>Where to go on in a list.</summary>
/// <param name="Limit">1–200.</param>
/// <param name="Cursor">From the page before; null: the beginning.</param>
public sealed record PageRequest(int Limit = 50, string? Cursor = null);
