using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Approvals.Actors;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>
/// Titles such as <c>Bill {payload.number} from {payload.vendor.name}</c>; also <c>{actor.name}</c>, <c>{subject.id}</c>, <c>{actionType}</c>;
/// <c>{{</c> and <c>}}</c> for braces.
/// </summary>
public sealed class TitleTemplate
{
    private readonly string _text;

    private TitleTemplate(string text) => _text = text;

    /// <param name="column">1-based, of the error.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TitleTemplate? template, [NotNullWhen(false)] out string? error, out int column) =>
        throw new System.Diagnostics.UnreachableException();

    /// <summary>One line of at most 500 characters; a missing field leaves nothing, a sensitive one is masked. May be empty.</summary>
    public string Render(string actionType, Actor actor, Subject subject, Value payload, ImmutableArray<string> sensitive) =>
        throw new System.Diagnostics.UnreachableException(_text);
}
