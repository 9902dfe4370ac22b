using System.Collections.Immutable;
using Approvals.Notifications;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>What the service says by itself, and a language model may say more readably.</summary>
public sealed record WordingFacts
{
    /// <summary>A longer one is not worded.</summary>
    public const int MaxLength = 8000;

    /// <summary>Shown where there is no wording.</summary>
    public required string Summary { get; init; }

    /// <summary>Further sentences.</summary>
    public ImmutableArray<string> Details { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What is asked for, if it is a request: its payload's lines, masked.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Payload { get; private init => field = value.OrEmpty(); } = [];

    /// <summary>The same with a request's payload. What is sensitive is masked, in the texts too, should somebody have typed it there.</summary>
    public WordingFacts About(Snapshot snapshot)
    {
        var secrets = SensitiveTexts.Of(snapshot.Payload, snapshot.Sensitive);
        return this with
        {
            Summary = SensitiveTexts.Hide(Summary, secrets),
            Details = [.. Details.Select(detail => SensitiveTexts.Hide(detail, secrets))],
            Payload = [.. PayloadSummary.Of(snapshot).Select(line => KeyValuePair.Create(line.Key, SensitiveTexts.Hide(line.Value, secrets)))],
        };
    }

    /// <summary>All of it, as the model is shown it and its wording is checked against.</summary>
    internal string Text => string.Join('\n', [Summary, .. Details, .. Payload.Select(line => $"{line.Key}: {line.Value}")]);

    internal Value ToValue() => Value.Map(
        ("summary", Value.From(Summary)),
        ("details", Value.List(ImmutableArray.CreateRange(Details.Select(detail => Value.From(detail))))),
        ("payload", Value.Map(Payload.DistinctBy(line => line.Key).Select(line => KeyValuePair.Create(line.Key, Value.From(line.Value))))));
}
