using System.Collections.Frozen;
using Approvals.Conditions.Syntax;

namespace Approvals.Conditions.Checking;

/// <summary>An input whose members are known: what the gate says of every call, beside its payload.</summary>
internal sealed class InputType
{
    /// <summary>What was probably meant by a name that some other system has for it.</summary>
    private static readonly FrozenDictionary<string, string> Foreign = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["kind"] = "type",
        ["displayName"] = "name",
        ["userId"] = "id",
        ["key"] = "id",
        ["groups"] = "roles",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static readonly InputType Actor = new(
        Words.Actor, ("id", StaticType.Text), ("type", StaticType.Text), ("name", StaticType.Text), ("roles", StaticType.ListOf(StaticType.Text)),
        ("assurance", StaticType.Text), ("actingFor", StaticType.Text));

    public static readonly InputType Subject = new(Words.Subject, ("type", StaticType.Text), ("id", StaticType.Text));

    private readonly FrozenDictionary<string, StaticType> _members;

    private InputType(string name, params (string Name, StaticType Type)[] members)
    {
        Name = name;
        Names = [.. members.Select(member => member.Name)];
        _members = members.ToFrozenDictionary(member => member.Name, member => member.Type, StringComparer.Ordinal);
    }

    public string Name { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Null: it has no such member, and never will.</summary>
    public StaticType? Find(string member) => _members.GetValueOrDefault(member);

    public SyntaxFault Unknown(int offset, string member)
    {
        var meant = Foreign.TryGetValue(member, out var known) && _members.ContainsKey(known) ? known : Spelling.Nearest(member, Names);
        return new SyntaxFault(
            offset, Phrase.With(Texts.ConditionNoInputMember, Name, member, string.Join(", ", Names)),
            meant is null ? Phrase.With(Texts.SuggestPayload, Name) : Suggestion.Meant($"{Name}.{meant}"));
    }
}
