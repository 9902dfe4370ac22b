using System.Text;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Shared.Tests.Types;

public sealed class ApprovalTypesTests
{
    [Fact]
    public void Built_in_types_are_there_and_unknown_ones_are_generic()
    {
        Assert.Equal(
            ["action", "api_key_request", "skill_enable", "hire_agent", "budget_override", "execute_skill", "agent_action"],
            ApprovalTypes.BuiltIn.All.Select(type => type.Type));
        Assert.Equal("action", ApprovalTypes.BuiltIn.Of("anything").Type);
        Assert.True(ApprovalTypes.BuiltIn.Of("api_key_request").NeedsInput);
        Assert.Equal(["apiKey"], ApprovalTypes.BuiltIn.Of("api_key_request").DecisionInputSchema!.Secrets);
    }

    [Theory]
    [InlineData("api_key_request", """{ "service": "Anthropic", "skillId": "research-web", "model": "m" }""")]
    [InlineData("skill_enable", """{ "skillId": "research-web", "skillName": "Research Web", "model": "m" }""")]
    [InlineData("hire_agent", """{ "agentConfig": { "name": "SCOUT", "role": "Analyst", "model": "m", "skills": ["research-web"] }, "reason": "3 tasks" }""")]
    [InlineData("agent_action", """{ "agent_id": "agent-123", "task_id": "mission-456", "action_description": "Send email" }""")]
    [InlineData("budget_override", """{ "amount": 500, "reason": "more ads" }""")]
    [InlineData("execute_skill", """{ "skill": "research-web", "cost": 0.5 }""")]
    public void Known_payloads_fit(string type, string payload) =>
        Assert.Empty(ApprovalTypes.BuiltIn.Of(type).MetadataSchema.Check(JsonText.Parse(payload)));

    [Fact]
    public void A_file_adds_types_and_gives_built_in_ones_an_effect()
    {
        var types = ApprovalTypes.Parse(
            """
            [{"type":"room_booking","titleTemplate":"Room {payload.room}","metadataSchema":{"required":["room"]},"decisionInputSchema":{"properties":{"note":{"type":"string"}}}},
             {"type":"hire_agent","sideEffect":{"url":"https://hr.test/hire?k=1","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ="}}]
            """u8);

        Assert.Single(types.Of("room_booking").MetadataSchema.Check(Value.Map()));
        Assert.False(types.Of("room_booking").NeedsInput);
        Assert.Equal("Hire Agent: {payload.agentConfig.name} ({payload.agentConfig.role})", types.Of("hire_agent").TitleTemplate);
        var shown = types.Of("hire_agent").ToValue().ToString();
        Assert.Contains("\"sideEffect\":true", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hr.test", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
        Assert.Null(ApprovalTypes.BuiltIn.Of("hire_agent").SideEffect);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"type":"a"},{"type":"a"}]""")]
    [InlineData("""[{"type":"a","titleTemplate":"{oops"}]""")]
    [InlineData("""[{"type":"a","metadataSchema":{"pattern":"x"}}]""")]
    [InlineData("""[{"type":"a","sideEffect":{"url":"https://x.test"}}]""")]
    [InlineData("""[{"type":"a","sideEffect":{"url":"file:///etc","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ="}}]""")]
    [InlineData("""[{"type":"a","sideEffect":{"url":"https://x.test","secret":"s"}}]""")]
    [InlineData("""[{"type":"a","sideEffect":{"url":"https://x.test","secret":"whsec_"}}]""")]
    [InlineData("""[{"type":"a","sideEffect":{"url":"https://x.test","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=","method":"PUT"}}]""")]
    [InlineData("""[{"type":"a\u0000","titleTemplate":"x"}]""")]
    [InlineData("""[{"type":"a","renderer":"x"}]""")]
    public void A_wrong_file_is_refused(string json) =>
        Assert.Throws<FormatException>(() => ApprovalTypes.Parse(Encoding.UTF8.GetBytes(json)));
}
