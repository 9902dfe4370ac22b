using System.Collections.Immutable;
using Approvals.Conditions;
using Approvals.Directory;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Policies.Reading;

/// <summary>The kinds of members that policies and levels share: durations, conditions, references.</summary>
internal static class PolicyMembers
{
    public const int MaxReferences = 50;

    public static TimeSpan Duration(this ObjectReader reader, string member, TimeSpan otherwise, ReadErrors errors) =>
        reader.TryGet(member, out var value) && Duration(value, reader.At(member), Named.Member(member), errors) is { } duration ? duration : otherwise;

    public static TimeSpan? Duration(Value value, string pointer, Named what, ReadErrors errors)
    {
        if (value.Kind == ValueKind.String && PolicyDuration.TryParse(value.AsString(), out var duration))
        {
            return duration;
        }
        errors.Add(pointer, Phrase.With(Texts.WrongDuration, what), PolicyDuration.Suggestion(value));
        return null;
    }

    /// <summary>A condition that compiles, else null.</summary>
    public static string? Condition(this ObjectReader reader, string member, ReadErrors errors, bool required = false)
    {
        if (reader.Text(member, int.MaxValue, required) is not { } text)
        {
            return null;
        }
        if (Conditions.Condition.TryCompile(text, out _, out var faults))
        {
            return text;
        }
        foreach (var fault in faults)
        {
            errors.AddWithin(reader.At(member), fault.Line, fault.Column, fault.Message, fault.Suggestion);
        }
        return null;
    }

    public static ImmutableArray<string> References(this ObjectReader reader, string member, bool required = false) =>
        reader.Texts(
            member, MaxReferences, ApproverReference.MaxLength, required,
            text => ApproverReference.TryParse(text, out _, out var error, out var suggestion) ? null : (error, suggestion));
}
