using System.Collections.Immutable;
using Approvals.Gate;
using Approvals.Policies.Compiled;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>
/// A few lines of a payload for messages: labelled and masked as on the request's page, long values cut. What the policy's conditions read
/// comes first, whatever the order in which the payload was sent.
/// </summary>
/// <param name="Lines">Labels and values.</param>
/// <param name="LeftOut">How many lines the request's page has beyond these.</param>
public sealed record PayloadSummary(ImmutableArray<KeyValuePair<string, string>> Lines, int LeftOut)
{
    private const int MostLines = 12;
    private const int MostCharacters = 120;
    private const int MostLevels = 3;

    /// <summary>What is left out, as a sentence; null where nothing is.</summary>
    public string? More => LeftOut switch
    {
        0 => null,
        1 => Texts.MessageMoreField,
        _ => Phrase.With(Texts.MessageMoreFields, LeftOut),
    };

    public static PayloadSummary Of(StoredRequest request, TenantSnapshot tenant, int most = MostLines)
    {
        var rows = new List<Row>();
        Collect(rows, new Row("payload", "", "", Masking.Apply(request.Snapshot.Payload, request.Snapshot.Sensitive)), 0);
        var read = Read(request, tenant);
        var timeZone = tenant.Settings.TimeZone;
        return new PayloadSummary(
            [.. rows.OrderBy(row => read.Any(path => Touches(path, row.Path)) ? 0 : 1).Take(most).Select(row => new KeyValuePair<string, string>(row.Label, Cut(Text(row, timeZone))))],
            Math.Max(0, rows.Count - most));
    }

    /// <summary>What conditions read: those of the policy as it is now, and those of the request's own levels.</summary>
    private static string[] Read(StoredRequest request, TenantSnapshot tenant)
    {
        var policy = tenant.Policies.Active.FirstOrDefault(active => active.Policy.Key == request.State.Policy?.Key);
        return
        [
            .. new[] { policy?.Policy.When }
                .Concat(request.State.Levels.SelectMany(level => level.Definition.AutoApprove.Append(level.Definition.When)))
                .OfType<string>()
                .SelectMany(condition => ConditionCache.Of(condition).References)
                .Select(path => path.Replace("[]", "", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static bool Touches(string read, string row) => row == read
        || row.StartsWith($"{read}.", StringComparison.Ordinal) || read.StartsWith($"{row}.", StringComparison.Ordinal);

    private static void Collect(List<Row> rows, Row row, int depth)
    {
        switch (row.Value.Kind)
        {
            case ValueKind.Map when depth < MostLevels:
                foreach (var (name, member) in row.Value.Members)
                {
                    var label = Invisible.Line(Readable.Label(name));
                    Collect(rows, new Row($"{row.Path}.{name}", row.Label.Length == 0 ? label : $"{row.Label} › {label}", name, member), depth + 1);
                }

                break;
            case ValueKind.Null:
                break;
            default:
                rows.Add(row);
                break;
        }
    }

    private static string Text(Row row, string timeZone) => row.Value.Kind switch
    {
        ValueKind.List => row.Value.Items.Length == 1 ? Texts.MessageItem : Phrase.With(Texts.MessageItems, row.Value.Items.Length),
        ValueKind.String => Rfc3339.TryParse(row.Value.AsString(), out var at) ? TenantTime.Write(at, timeZone) : row.Value.AsString(),
        ValueKind.Bool => row.Value.AsBool() ? Texts.Yes : Texts.No,
        ValueKind.Int or ValueKind.Double when Readable.IsMoney(row.Name) => Readable.Money(row.Value.AsDouble()),
        ValueKind.Int or ValueKind.Double => Readable.Number(row.Value.AsDouble()),
        _ => row.Value.ToString(),
    };

    private static string Cut(string text)
    {
        var line = Invisible.Line(text);
        return line.Length <= MostCharacters ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1)}…";
    }

    /// <param name="Path">As conditions name it.</param>
    /// <param name="Name">The member's own name.</param>
    private sealed record Row(string Path, string Label, string Name, Value Value);
}
