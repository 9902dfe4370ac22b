using Approvals.Values.Reading;

namespace Approvals.Policies;

/// <summary>What is wrong with a policy as it was written, and where.</summary>
/// <param name="Pointer">RFC 6901 pointer into the policy; empty for the whole.</param>
/// <param name="Message">For the author.</param>
/// <param name="Line">1-based, within the condition or template that stands at the pointer; null for other members.</param>
/// <param name="Column">1-based, in UTF-16 units.</param>
/// <param name="Suggestion">What was probably meant, as a sentence.</param>
public sealed record PolicyError(string Pointer, string Message, int? Line = null, int? Column = null, string? Suggestion = null)
{
    /// <summary>The message with the suggestion, if any, behind it.</summary>
    public string Text => ErrorText.Of(Message, Suggestion);
}
