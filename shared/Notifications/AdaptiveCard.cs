using System.Collections.Immutable;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>
/// An Adaptive Card 1.5 (adaptivecards.io) in the envelope that Teams workflows take. The channel is shared, so it links to the request, never
/// by somebody's approve link; texts from people are cleared of Markdown.
/// </summary>
public static class AdaptiveCard
{
    private const int MostFacts = 10;

    /// <param name="people">Names of those whom it concerns.</param>
    public static Value Of(Message message, IReadOnlyList<string> people, TenantSnapshot tenant, string? link)
    {
        var body = ImmutableArray.CreateBuilder<Value>();
        body.Add(Text(message.Title, ("size", "Medium"), ("weight", "Bolder"), ("style", "heading")));
        foreach (var (isSetOff, text) in SetOff.Parts(message.Text))
        {
            body.Add(isSetOff ? Apart(Text(text)) : Text(text));
        }

        body.Add(Facts(Own(message, people, tenant)));
        if (message.Request is { } request && PayloadSummary.Of(request, tenant, MostFacts) is { Lines.IsEmpty: false } summary)
        {
            body.Add(Apart(Facts(summary.Lines)));
            if (summary.More is { } more)
            {
                body.Add(Text(more, ("color", "Default"), ("size", "Small")));
            }
        }

        var card = new List<KeyValuePair<string, Value>>
        {
            new("$schema", Value.From("http://adaptivecards.io/schemas/adaptive-card.json")),
            new("type", Value.From("AdaptiveCard")),
            new("version", Value.From("1.5")),
            new("fallbackText", Value.From(Clear(message.Title))),
            new("body", Value.List(body.ToImmutable())),
        };
        if (link is not null)
        {
            card.Add(new("actions", Value.List(Value.Map(
                ("type", Value.From("Action.OpenUrl")), ("title", Value.From(Texts.OpenTheRequest)), ("url", Value.From(link))))));
        }

        return Value.Map(
            ("type", Value.From("message")),
            ("attachments", Value.List(Value.Map(
                ("contentType", Value.From("application/vnd.microsoft.card.adaptive")), ("contentUrl", Value.Null), ("content", Value.Map(card))))));
    }

    /// <summary>The service's own facts.</summary>
    private static List<KeyValuePair<string, string>> Own(Message message, IReadOnlyList<string> people, TenantSnapshot tenant)
    {
        var facts = new List<KeyValuePair<string, string>> { new(message.AskedAt is null ? Texts.MessageFor : Texts.MessageWaitsFor, string.Join(", ", people)) };
        if (message.Request is { } request)
        {
            facts.Add(new(Texts.MessageFrom, request.Snapshot.Requester.Name));
        }

        if (message.DueAt is { } due)
        {
            facts.Add(new(Texts.MessageDue, TenantTime.Write(due, tenant.Settings.TimeZone)));
        }

        return facts;
    }

    private static Value Facts(IEnumerable<KeyValuePair<string, string>> facts) => Value.Map(
        ("type", Value.From("FactSet")),
        ("facts", Value.List(facts.Select(fact => Value.Map(("title", Value.From(Clear(fact.Key))), ("value", Value.From(Clear(fact.Value))))).ToArray())));

    /// <summary>What people typed, on a ground of its own: it can't pass for the card's own facts.</summary>
    private static Value Apart(Value content) => Value.Map(
        ("type", Value.From("Container")), ("style", Value.From("emphasis")), ("items", Value.List(content)));

    private static Value Text(string text, params ReadOnlySpan<(string Name, string Value)> look)
    {
        var members = new List<KeyValuePair<string, Value>>
        {
            new("type", Value.From("TextBlock")),
            new("text", Value.From(Clear(text))),
            new("wrap", Value.True),
        };
        foreach (var (name, value) in look)
        {
            members.Add(new(name, Value.From(value)));
        }

        return Value.Map(members);
    }

    /// <summary>Teams reads Markdown in texts: without these, nobody's title can become a link.</summary>
    private static string Clear(string text) => Invisible.Removed(text).Replace('[', '(').Replace(']', ')').Replace("*", "∗", StringComparison.Ordinal)
        .Replace("`", "'", StringComparison.Ordinal).Replace('<', '‹').Replace('>', '›');
}
