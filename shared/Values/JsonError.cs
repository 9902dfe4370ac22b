namespace Approvals.Values;

/// <summary>Why JSON text was refused and where: an RFC 6901 pointer, and the 1-based line and column (in UTF-16 units).</summary>
public sealed record JsonError(string Pointer, string Message, int Line, int Column);
