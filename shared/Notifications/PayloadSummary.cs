using System.Collections.Immutable;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>A few lines of a payload for messages: sensitive values masked, long ones cut.</summary>
public static class PayloadSummary
{
    private const int MostLines = 12;
    private const int MostCharacters = 120;
    private const int MostLevels = 3;

    public static ImmutableArray<KeyValuePair<string, string>> Of(Snapshot snapshot)
    {
        var lines = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        Add(lines, "", Masking.Apply(snapshot.Payload, snapshot.Sensitive), 0);
        return lines.ToImmutable();
    }

    private static void Add(ImmutableArray<KeyValuePair<string, string>>.Builder lines, string path, Value value, int depth)
    {
        if (lines.Count == MostLines)
        {
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Map when depth < MostLevels:
                foreach (var (name, member) in value.Members)
                {
                    Add(lines, path.Length == 0 ? name : $"{path}.{name}", member, depth + 1);
                }

                break;
            case ValueKind.List when path.Length > 0:
                lines.Add(new(path, value.Items.Length == 1 ? Texts.MessageItem : Phrase.With(Texts.MessageItems, value.Items.Length)));
                break;
            case ValueKind.Null:
                break;
            default:
                lines.Add(new(path, Cut(value.Kind == ValueKind.String ? value.AsString() : value.ToString())));
                break;
        }
    }

    private static string Cut(string text)
    {
        var line = Wording.Line(text);
        return line.Length <= MostCharacters ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1)}…";
    }
}
