using System.Collections.Immutable;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>A few lines of a payload for messages: labelled and masked as on the request's page, long values cut.</summary>
public static class PayloadSummary
{
    private const int MostLines = 12;
    private const int MostCharacters = 120;
    private const int MostLevels = 3;

    public static ImmutableArray<KeyValuePair<string, string>> Of(Snapshot snapshot, string timeZone)
    {
        var lines = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        Add(lines, "", "", Masking.Apply(snapshot.Payload, snapshot.Sensitive), timeZone, 0);
        return lines.ToImmutable();
    }

    private static void Add(ImmutableArray<KeyValuePair<string, string>>.Builder lines, string label, string name, Value value, string timeZone, int depth)
    {
        if (lines.Count == MostLines)
        {
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Map when depth < MostLevels:
                foreach (var (inner, member) in value.Members)
                {
                    Add(lines, label.Length == 0 ? Readable.Label(inner) : $"{label} › {Readable.Label(inner)}", inner, member, timeZone, depth + 1);
                }

                break;
            case ValueKind.List when label.Length > 0:
                lines.Add(new(label, value.Items.Length == 1 ? Texts.MessageItem : Phrase.With(Texts.MessageItems, value.Items.Length)));
                break;
            case ValueKind.Null:
                break;
            default:
                lines.Add(new(label, Cut(Text(name, value, timeZone))));
                break;
        }
    }

    private static string Text(string name, Value value, string timeZone) => value.Kind switch
    {
        ValueKind.String => Rfc3339.TryParse(value.AsString(), out var at) ? TenantTime.Write(at, timeZone) : value.AsString(),
        ValueKind.Bool => value.AsBool() ? Texts.Yes : Texts.No,
        ValueKind.Int or ValueKind.Double when Readable.IsMoney(name) => Readable.Money(value.AsDouble()),
        ValueKind.Int or ValueKind.Double => Readable.Number(value.AsDouble()),
        _ => value.ToString(),
    };

    private static string Cut(string text)
    {
        var line = Wording.Line(text);
        return line.Length <= MostCharacters ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1)}…";
    }
}
