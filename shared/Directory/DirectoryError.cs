using Approvals.Values.Reading;

namespace Approvals.Directory;

/// <summary>What is wrong with a directory file, and where.</summary>
/// <param name="Pointer">RFC 6901.</param>
/// <param name="Suggestion">What was probably meant, as a sentence.</param>
public sealed record DirectoryError(string Pointer, string Message, string? Suggestion = null)
{
    /// <summary>The message with the suggestion, if any, behind it.</summary>
    public string Text => ErrorText.Of(Message, Suggestion);
}
