using System.Collections.Immutable;
using System.Text.Json;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Policies.Warnings;

namespace Approvals.Api.Json;

/// <summary>Policies and what simulations say of them.</summary>
internal static class PolicyJson
{
    public static void Write(Utf8JsonWriter json, PolicyVersion version)
    {
        json.WriteStartObject();
        WriteMembers(json, version);
        json.WriteEndObject();
    }

    public static void WriteVersions(Utf8JsonWriter json, ImmutableArray<PolicyVersion> versions)
    {
        var shown = versions.FirstOrDefault(v => v.Status == PolicyStatus.Active) ?? versions[0];
        json.WriteStartObject();
        WriteMembers(json, shown);
        json.WriteStartArray("versions"u8);
        foreach (var version in versions)
        {
            Write(json, version);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <param name="warnings">Of the policy that was stored.</param>
    public static void Write(Utf8JsonWriter json, PolicyVersion version, ImmutableArray<PolicyWarning> warnings)
    {
        json.WriteStartObject();
        WriteMembers(json, version);
        Write(json, warnings);
        json.WriteEndObject();
    }

    /// <summary>The member <c>warnings</c>.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableArray<PolicyWarning> warnings)
    {
        json.WriteStartArray("warnings"u8);
        foreach (var warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, warning.Path);
            json.WriteString("message"u8, warning.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, SimulationResult result, ImmutableArray<PolicyWarning> warnings)
    {
        json.WriteStartObject();
        json.WriteBoolean("matched"u8, result.Matched);
        json.Policy("policy"u8, result.Policy);
        json.WriteStartArray("levels"u8);
        foreach (var level in result.Levels)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, level.Name);
            json.Strings("approvers"u8, level.Approvers);
            if (level.ApproverCount is { } count)
            {
                json.WriteNumber("approverCount"u8, count);
            }
            json.WriteBoolean("skipped"u8, level.Skipped);
            json.WriteBoolean("autoApproved"u8, level.AutoApproved);
            json.WriteBoolean("fallback"u8, level.Fallback);
            json.OptionalString("autoApproveRule"u8, level.Rule);
            json.OptionalString("fault"u8, level.Fault);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Write(json, result.Explanation);
        json.OptionalString("fault"u8, result.Fault);
        json.WriteString("summary"u8, result.Summary);
        if (result.Refusal is { } refusal)
        {
            json.WriteStartObject("refusal"u8);
            json.WriteString("code"u8, refusal.Code);
            json.WriteString("detail"u8, refusal.Detail);
            json.WriteEndObject();
        }
        Write(json, warnings);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ReplayResult result, ImmutableArray<PolicyWarning> warnings)
    {
        json.WriteStartObject();
        json.WriteNumber("evaluated"u8, result.Evaluated);
        json.WriteNumber("gated"u8, result.Gated);
        json.WriteNumber("newlyGated"u8, result.NewlyGated);
        json.WriteNumber("noLongerGated"u8, result.NoLongerGated);
        json.WriteStartArray("items"u8);
        foreach (var item in result.Items)
        {
            Write(json, item);
        }
        json.WriteEndArray();
        Write(json, warnings);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, PolicyVersion version)
    {
        json.WriteString("key"u8, version.Policy.Key);
        json.WriteNumber("version"u8, version.Version);
        json.WriteString("status"u8, Words.Of(version.Status));
        json.WriteString("name"u8, version.Policy.Name);
        json.OptionalString("description"u8, version.Policy.Description);
        json.Strings("actionTypes"u8, version.Policy.ActionTypes);
        json.WriteNumber("priority"u8, version.Policy.Priority);
        json.OptionalString("when"u8, version.Policy.When);
        json.WriteString("createdBy"u8, version.CreatedBy);
        json.Instant("createdAt"u8, version.CreatedAt);
        json.OptionalInstant("publishedAt"u8, version.PublishedAt);
        json.OptionalInstant("retiredAt"u8, version.RetiredAt);
        json.OptionalString("pendingRequest"u8, version.PendingRequest);
        json.Value("policy"u8, version.Source);
    }

    private static void Write(Utf8JsonWriter json, ReplayedCheck item)
    {
        var check = item.Recorded.Check;
        json.WriteStartObject();
        json.Instant("at"u8, item.Recorded.At);
        json.WriteString("actionType"u8, check.ActionType);
        json.WriteString("actor"u8, check.Actor.Id);
        json.Subject("subject"u8, check.Subject);
        json.OptionalString("requestId"u8, item.Recorded.RequestId);
        json.WriteBoolean("wasGated"u8, item.Recorded.WasGated);
        json.WriteBoolean("gated"u8, item.Gated);
        json.Strings("levels"u8, item.Levels);
        Write(json, item.Explanation);
        json.OptionalString("fault"u8, item.Fault);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<ExplainedClause> explanation)
    {
        json.WriteStartArray("explanation"u8);
        foreach (var clause in explanation)
        {
            json.WriteStartObject();
            json.WriteString("expression"u8, clause.Expression);
            json.Value("value"u8, clause.Value ?? Values.Value.Null);
            json.WriteStartObject("operands"u8);
            foreach (var (name, value) in clause.Operands)
            {
                json.WritePropertyName(name);
                json.Value(value);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
