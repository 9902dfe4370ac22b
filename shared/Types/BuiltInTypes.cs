using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>The types that are always there.</summary>
internal static partial class BuiltInTypes
{
    public const string ApiKeyRequest = "api_key_request";

    public static readonly ImmutableArray<ApprovalType> All =
    [
        Of(ApprovalType.Generic, null, """{"type":"object"}"""),
        Of(ApiKeyRequest, Texts.TypeApiKey,
            """
            {"type":"object","required":["service"],"properties":{
              "service":{"type":"string","minLength":1,"title":"@TypeFieldService"},
              "skillId":{"type":"string","title":"@TypeFieldSkill"},
              "model":{"type":"string","title":"@TypeFieldModel"}}}
            """,
            """
            {"type":"object","required":["apiKey"],"additionalProperties":false,"properties":{
              "apiKey":{"type":"string","minLength":10,"maxLength":4096,"writeOnly":true,"title":"@TypeFieldAPIKey"}}}
            """),
        Of("skill_enable", Texts.TypeSkill,
            """
            {"type":"object","required":["skillId","skillName"],"properties":{
              "skillId":{"type":"string","minLength":1,"title":"@TypeFieldSkill"},
              "skillName":{"type":"string","minLength":1,"title":"@TypeFieldName"},
              "model":{"type":"string","title":"@TypeFieldModel"}}}
            """),
        Of("hire_agent", Texts.TypeHire,
            """
            {"type":"object","required":["agentConfig"],"properties":{
              "agentConfig":{"type":"object","required":["name","role"],"title":"@TypeFieldAgent","properties":{
                "name":{"type":"string","minLength":1},
                "role":{"type":"string","minLength":1},
                "model":{"type":"string"},
                "skills":{"type":"array","items":{"type":"string"}}}},
              "reason":{"type":"string","title":"@TypeFieldReason"}}}
            """),
        Of("budget_override", Texts.TypeBudget,
            """
            {"type":"object","required":["amount","reason"],"properties":{
              "amount":{"type":"number","minimum":0,"title":"@TypeFieldAmount"},
              "currency":{"type":"string","minLength":3,"maxLength":3,"title":"@TypeFieldCurrency"},
              "reason":{"type":"string","minLength":1,"title":"@TypeFieldReason"}}}
            """),
        Of("execute_skill", Texts.TypeExecute,
            """
            {"type":"object","required":["skill","cost"],"properties":{
              "skill":{"type":"string","minLength":1,"title":"@TypeFieldSkill"},
              "cost":{"type":"number","minimum":0,"title":"@TypeFieldCost"}}}
            """),
        Of("agent_action", Texts.TypeAgent,
            """
            {"type":"object","required":["agent_id","action_description"],"properties":{
              "agent_id":{"type":"string","minLength":1,"title":"@TypeFieldAgent"},
              "task_id":{"type":"string","title":"@TypeFieldTask"},
              "action_description":{"type":"string","minLength":1,"title":"@TypeFieldAction"}}}
            """),
    ];

    private static ApprovalType Of(string type, string? title, string metadata, string? input = null) => new()
    {
        Type = type,
        TitleTemplate = title,
        MetadataSchema = Schema(metadata),
        DecisionInputSchema = input is null ? null : Schema(input),
    };

    /// <param name="json">With the names of texts where people read a title: <c>"@TypeFieldAmount"</c>.</param>
    private static FieldSchema Schema(string json) => FieldSchema.Parse(JsonText.Parse(TextName().Replace(json, static match =>
        JsonSerializer.Serialize(Texts.ResourceManager.GetString(match.Groups[1].Value, Texts.Culture)
            ?? throw new InvalidOperationException($"There is no text {match.Groups[1].Value}.")))));

    [GeneratedRegex("\"@(\\w+)\"")]
    private static partial Regex TextName();
}
