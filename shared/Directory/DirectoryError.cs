namespace Approvals.Directory;

/// <summary>What is wrong with a directory file, and where.</summary>
/// <param name="Pointer">RFC 6901.</param>
public sealed record DirectoryError(string Pointer, string Message, string? Suggestion = null);
