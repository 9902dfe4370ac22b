using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Policies.Reading;

/// <summary>Reads who is asked and how many must agree: at the level itself, or in its parallel groups.</summary>
internal static class GroupReader
{
    private const int MaxGroups = 10;
    private static readonly string[] Members = ["name", "approvers", "strategy", "quorum"];

    private static readonly ImmutableArray<(string, Strategy)> Strategies =
        [("all", Strategy.All), ("any", Strategy.Any), ("first", Strategy.First), ("quorum", Strategy.Quorum)];

    public static ImmutableArray<GroupDefinition> Read(ObjectReader level, ReadErrors errors)
    {
        if (!level.TryGet("groups", out _))
        {
            return [Group(level, null, errors)];
        }
        foreach (var member in Members.AsSpan(1))
        {
            if (level.TryGet(member, out _))
            {
                level.Error(member, Phrase.With(Texts.WrongGroupMember, member));
            }
        }
        var groups = ImmutableArray.CreateBuilder<GroupDefinition>();
        foreach (var (item, pointer) in level.List("groups", MaxGroups, required: true))
        {
            if (!ObjectReader.TryOpen(item, pointer, Named.Part(static () => Texts.ReadingGroup), errors, Members, out var reader))
            {
                continue;
            }
            var name = reader.Line("name", LevelReader.MaxNameLength, required: true);
            if (name is not null && groups.Any(other => other.Name == name))
            {
                reader.Error("name", Phrase.With(Texts.WrongGroupName, name));
            }
            groups.Add(Group(reader, name, errors));
        }
        return groups.ToImmutable();
    }

    private static GroupDefinition Group(ObjectReader reader, string? name, ReadErrors errors)
    {
        var strategy = reader.Word("strategy", Strategies, Strategy.All);
        var group = new GroupDefinition
        {
            Name = name,
            Approvers = reader.References("approvers", required: true),
            Strategy = strategy,
            Quorum = reader.TryGet("quorum", out var quorum) ? Quorum(reader, quorum) : null,
        };
        var hasQuorum = reader.TryGet("quorum", out _);
        if (strategy == Strategy.Quorum && !hasQuorum)
        {
            reader.Error("quorum", Texts.WrongQuorumMissing);
        }
        else if (strategy != Strategy.Quorum && hasQuorum && (!reader.TryGet("strategy", out var word) || IsKnown(word)))
        {
            reader.Error("quorum", Texts.WrongQuorumStrategy, "\"strategy\": \"quorum\"");
        }
        else if (strategy == Strategy.Quorum && group.Quorum is { IsPercent: false } count && count.Amount > group.Approvers.Length
            && AreUsers(group.Approvers))
        {
            reader.Error("quorum", Phrase.With(Texts.WrongQuorumReach, count.Amount, group.Approvers.Length));
        }
        return strategy == Strategy.Quorum ? group : group with { Quorum = null };
    }

    private static Quorum? Quorum(ObjectReader reader, Value value)
    {
        if (Words.TryInteger(value, out var count) && count is >= 1 and <= 1000)
        {
            return new Quorum((int)count, IsPercent: false);
        }
        var text = value.Kind == ValueKind.String ? value.AsString() : "";
        if (text.EndsWith('%') && int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, null, out var percent)
            && percent is >= 1 and <= 100)
        {
            return new Quorum(percent, IsPercent: true);
        }
        reader.Error("quorum", Texts.WrongQuorum);
        return null;
    }

    // An unknown strategy has its own error; one about the quorum would only confuse.
    private static bool IsKnown(Value word) => word.Kind == ValueKind.String && Strategies.Any(known => known.Item1 == word.AsString());

    private static bool AreUsers(ImmutableArray<string> approvers) =>
        approvers.Length > 0 && approvers.All(approver => approver.StartsWith("user:", StringComparison.Ordinal));
}
