using System.Collections.Immutable;
using System.Text.Json;
using Approvals.Api.Json;

namespace Approvals.Copilot.Cards;

/// <summary>Cards as every tool answers with them.</summary>
internal static class CardJson
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<ToolCard> cards)
    {
        json.WriteStartObject();
        json.WriteStartArray("cards"u8);
        foreach (var card in cards)
        {
            Write(json, card);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ToolCard card)
    {
        json.WriteStartObject();
        json.WriteString("title"u8, card.Title);
        json.WriteString("summary"u8, card.Summary);
        json.WriteNumber("confidence"u8, card.Confidence);
        json.Strings("why"u8, card.Why);
        json.WriteStartArray("provenance"u8);
        foreach (var provenance in card.Provenance)
        {
            json.WriteStartObject();
            json.WriteString("source"u8, provenance.Source);
            json.WriteString("ref"u8, provenance.Ref);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (card.Apply is { } apply)
        {
            json.WriteStartObject("apply"u8);
            json.WriteString("method"u8, apply.Method);
            json.WriteString("href"u8, apply.Href);
            json.Value("body"u8, apply.Body);
            json.WriteString("requires"u8, apply.Requires);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
