using System.Diagnostics.CodeAnalysis;

namespace Approvals;

/// <summary>A cursor that no page gave.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Says one thing.")]
public sealed class InvalidCursorException() : FormatException("The cursor is none that a page gave.");
