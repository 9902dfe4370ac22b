using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>The types that are always there.</summary>
internal static class BuiltInTypes
{
    public const string ApiKeyRequest = "api_key_request";

    public static readonly ImmutableArray<ApprovalType> All =
    [
        Of(ApprovalType.Generic, null, """{"type":"object"}"""),
        Of(ApiKeyRequest, "API Key Required: {payload.service}",
            """
            {"type":"object","required":["service"],"properties":{
              "service":{"type":"string","minLength":1,"title":"Service"},
              "skillId":{"type":"string","title":"Skill"},
              "model":{"type":"string","title":"Model"}}}
            """,
            """
            {"type":"object","required":["apiKey"],"additionalProperties":false,"properties":{
              "apiKey":{"type":"string","minLength":10,"maxLength":4096,"writeOnly":true,"title":"API key"}}}
            """),
        Of("skill_enable", "Enable Skill: {payload.skillName}",
            """
            {"type":"object","required":["skillId","skillName"],"properties":{
              "skillId":{"type":"string","minLength":1,"title":"Skill"},
              "skillName":{"type":"string","minLength":1,"title":"Name"},
              "model":{"type":"string","title":"Model"}}}
            """),
        Of("hire_agent", "Hire Agent: {payload.agentConfig.name} ({payload.agentConfig.role})",
            """
            {"type":"object","required":["agentConfig"],"properties":{
              "agentConfig":{"type":"object","required":["name","role"],"title":"Agent","properties":{
                "name":{"type":"string","minLength":1},
                "role":{"type":"string","minLength":1},
                "model":{"type":"string"},
                "skills":{"type":"array","items":{"type":"string"}}}},
              "reason":{"type":"string","title":"Reason"}}}
            """),
        Of("budget_override", "Budget Override: {payload.amount} {payload.currency}",
            """
            {"type":"object","required":["amount","reason"],"properties":{
              "amount":{"type":"number","minimum":0,"title":"Amount"},
              "currency":{"type":"string","minLength":3,"maxLength":3,"title":"Currency"},
              "reason":{"type":"string","minLength":1,"title":"Reason"}}}
            """),
        Of("execute_skill", "Execute: {payload.skill} (${payload.cost})",
            """
            {"type":"object","required":["skill","cost"],"properties":{
              "skill":{"type":"string","minLength":1,"title":"Skill"},
              "cost":{"type":"number","minimum":0,"title":"Cost"}}}
            """),
        Of("agent_action", "Agent {payload.agent_id}: {payload.action_description}",
            """
            {"type":"object","required":["agent_id","action_description"],"properties":{
              "agent_id":{"type":"string","minLength":1,"title":"Agent"},
              "task_id":{"type":"string","title":"Task"},
              "action_description":{"type":"string","minLength":1,"title":"Action"}}}
            """),
    ];

    private static ApprovalType Of(string type, string? title, string metadata, string? input = null) => new()
    {
        Type = type,
        TitleTemplate = title,
        MetadataSchema = FieldSchema.Parse(JsonText.Parse(metadata)),
        DecisionInputSchema = input is null ? null : FieldSchema.Parse(JsonText.Parse(input)),
    };
}
