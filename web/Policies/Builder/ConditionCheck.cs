using System.Collections.Immutable;
using Approvals.Conditions;

namespace Approvals.Web.Policies.Builder;

/// <summary>What is known of a condition while it is typed.</summary>
/// <param name="Editor">Id of its text field.</param>
/// <param name="References">Inputs that it reads, where it is valid.</param>
public sealed record ConditionCheck(
    string Editor, string Text, ImmutableArray<ConditionError> Errors, ImmutableArray<string> References, ImmutableArray<Choice> Choices)
{
    public static ConditionCheck Of(string editor, string text, int? caret, IEnumerable<string> paths)
    {
        var choices = caret is { } at ? Completion.At(text, at, paths) : [];
        return string.IsNullOrWhiteSpace(text) ? new(editor, text, [], [], choices)
            : Condition.TryCompile(text, out var condition, out var errors) ? new(editor, text, [], condition.References, choices)
            : new(editor, text, errors, [], choices);
    }
}
