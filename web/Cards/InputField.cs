using System.Collections.Immutable;

namespace Approvals.Web.Cards;

/// <summary>A field of a form that a request type's schema asks for.</summary>
/// <param name="Path">Dotted, from the value that the schema describes.</param>
/// <param name="Group">Names of the maps that it is in; empty for the value's own.</param>
/// <param name="Secret">Typed unseen, and shown nowhere afterwards.</param>
/// <param name="MinLength">0: no least length.</param>
/// <param name="Options">The only values there are; empty: free.</param>
public sealed record InputField(
    string Path, string Group, string Label, string? Hint, InputKind Kind, bool Secret, bool Required, int MinLength, int? MaxLength, ImmutableArray<string> Options);

/// <summary>How a field is typed.</summary>
public enum InputKind
{
    Text,
    Number,
    Flag,

    /// <summary>Several texts, separated by commas.</summary>
    Texts,

    /// <summary>Whatever else there is, as JSON.</summary>
    Json,
}
