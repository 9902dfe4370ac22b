using System.Text.Json;
using Approvals.Directory;

namespace Approvals.Api.Json;

internal static class PersonJson
{
    /// <summary>As a directory file has it.</summary>
    public static void Write(Utf8JsonWriter json, Person person)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, person.DirectoryId);
        json.WriteString("name"u8, person.Name);
        json.OptionalString("email"u8, person.Email);
        json.WriteString("kind"u8, Words.Of(person.Kind));
        json.Strings("roles"u8, person.Roles);
        json.Strings("groups"u8, person.Groups);
        json.OptionalString("department"u8, person.Department);
        json.OptionalString("manager"u8, person.Manager);
        json.OptionalInstant("awayFrom"u8, person.AwayFrom);
        json.OptionalInstant("awayUntil"u8, person.AwayUntil);
        json.OptionalString("substitute"u8, person.Substitute);
        json.WriteBoolean("active"u8, person.MayAct);
        if (person.Subjects is { } subjects)
        {
            json.Strings("subjects"u8, subjects);
        }
        json.OptionalString("linked"u8, person.Linked);
        json.WriteEndObject();
    }

    /// <summary>A change that waits for a second administrator.</summary>
    public static void WritePending(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("outcome"u8, "pending"u8);
        json.WriteString("requestId"u8, requestId);
        json.WriteString("statusUrl"u8, $"{ApprovalsEndpoints.Prefix}/requests/{requestId}");
        json.WriteEndObject();
    }
}
