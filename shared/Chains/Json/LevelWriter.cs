using System.Text.Json;
using Approvals.Chains.Levels;
using Approvals.Chains.State;

namespace Approvals.Chains.Json;

/// <summary>What became of a request's levels, for <see cref="StateWriter"/>.</summary>
internal static class LevelWriter
{
    public static void Write(Utf8JsonWriter writer, LevelState level)
    {
        writer.WriteStartObject();
        DefinitionWriter.Write(writer, level.Definition);
        writer.Word(Names.Status, level.Status);
        writer.List(Names.Groups, level.Groups, Write);
        writer.Time(Names.EnteredAt, level.EnteredAt);
        writer.Time(Names.DueAt, level.DueAt);
        writer.List(Names.RemindersDue, level.RemindersDue, static (writer, due) => writer.WriteStringValue(due));
        writer.Number(Names.Escalations, level.Escalations);
        writer.Time(Names.DecidedAt, level.DecidedAt);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GroupState group)
    {
        writer.WriteStartObject();
        writer.Text(Names.Name, group.Name);
        writer.Word(Names.Strategy, group.Strategy);
        DefinitionWriter.Write(writer, group.Quorum);
        writer.Number(Names.MoreNeeded, group.MoreNeeded);
        writer.List(Names.Approvers, group.Approvers, Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ApproverState approver)
    {
        writer.WriteStartObject();
        writer.Text(Names.Person, approver.Person);
        writer.Text(Names.RoutedTo, approver.RoutedTo);
        writer.Word(Names.Status, approver.Status);
        writer.Text(Names.DecidedBy, approver.DecidedBy);
        writer.Time(Names.DecidedAt, approver.DecidedAt);
        writer.Text(Names.Comment, approver.Comment);
        writer.Word(Names.Assurance, approver.Assurance);
        writer.WriteEndObject();
    }
}
