using System.Text.Json;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Chains.State;

namespace Approvals.Api.Json;

/// <summary>A level with its approvers; parallel groups are shown besides, each with its own.</summary>
internal static class LevelJson
{
    public static void Write(Utf8JsonWriter json, LevelState level)
    {
        var definition = level.Definition;
        json.WriteStartObject();
        json.WriteString("name"u8, definition.Name);
        json.WriteString("strategy"u8, Words.Of(definition.Groups.Length == 1 ? definition.Groups[0].Strategy : Strategy.All));
        if (definition.Groups is [{ Quorum: { } quorum }])
        {
            json.WriteString("quorum"u8, quorum.ToString());
        }
        json.OptionalString("assurance"u8, definition.Assurance?.Word());
        json.WriteString("status"u8, Words.Of(level.Status));
        json.WriteStartArray("approvers"u8);
        foreach (var group in level.Groups)
        {
            WriteApprovers(json, group);
        }
        json.WriteEndArray();
        if (definition.Groups.Length > 1)
        {
            WriteGroups(json, level);
        }
        json.WriteNumber("escalations"u8, level.Escalations);
        json.OptionalInstant("enteredAt"u8, level.EnteredAt);
        if (level.DueAt is { } dueAt)
        {
            json.Instant("dueAt"u8, dueAt);
        }
        else
        {
            json.WriteNull("dueAt"u8);
        }
        json.OptionalInstant("decidedAt"u8, level.DecidedAt);
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, LevelState level)
    {
        json.WriteStartArray("groups"u8);
        foreach (var group in level.Groups)
        {
            json.WriteStartObject();
            json.OptionalString("name"u8, group.Name);
            json.WriteString("strategy"u8, Words.Of(group.Strategy));
            json.OptionalString("quorum"u8, group.Quorum?.ToString());
            json.WriteStartArray("approvers"u8);
            WriteApprovers(json, group);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteApprovers(Utf8JsonWriter json, GroupState group)
    {
        foreach (var place in group.Approvers)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, place.Shown);
            json.WriteString("status"u8, Words.Of(place.Status));
            json.OptionalInstant("decidedAt"u8, place.DecidedAt);
            json.OptionalString("comment"u8, place.Comment);
            json.OptionalString("onBehalfOf"u8, place.OnBehalfOf);
            json.OptionalString("assurance"u8, place.Assurance?.Word());
            json.WriteEndObject();
        }
    }
}
