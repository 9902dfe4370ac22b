namespace Approvals.Api.Problems;

/// <summary>One thing wrong with what was sent.</summary>
/// <param name="Pointer">RFC 6901 pointer into the body, or the name of a query parameter or header.</param>
/// <param name="Line">1-based, where the text itself is wrong.</param>
public sealed record FieldError(string Pointer, string Message, int? Line = null, int? Column = null);
