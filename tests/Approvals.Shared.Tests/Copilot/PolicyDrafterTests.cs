using Approvals.Copilot.Model;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Testing;
using Approvals.Tests.Tenants;
using Approvals.Values;

namespace Approvals.Tests.Copilot;

public sealed class PolicyDrafterTests
{
    private const string Wish = "bills over 5k from new vendors need finance and legal";

    private const string Good = """
        {
          "key": "purchasing.vendorBill.post", "name": "Large bills of new vendors", "description": null, "actionTypes": ["purchasing.vendorBill.post"],
          "when": "payload.amount > 5000 && payload.vendor.isNew", "distinctApprovers": true, "sensitive": [], "titleTemplate": "Bill {payload.number}",
          "levels": [
            { "name": "Finance", "approvers": ["role:finance-manager"], "strategy": "any", "quorum": null, "when": null, "humanOnly": true, "respondWithin": "48h", "onTimeout": null, "escalateTo": [] },
            { "name": "Legal", "approvers": ["group:legal"], "strategy": "any", "quorum": null, "when": null, "humanOnly": true, "respondWithin": null, "onTimeout": null, "escalateTo": [] }
          ]
        }
        """;

    private static readonly TenantSnapshot Tenant = World.Tenant(World.People("fin: finance-manager", "lee: @legal"))
        .With(World.Policy("bills", "purchasing.vendorBill.post", "payload.amount > 100"));

    [Fact]
    public async Task Draft_ofFreeText_isAPolicyThatTheReaderTakes()
    {
        var model = ScriptedModel.Writing(Good);

        var draft = await DraftAsync(model);

        Assert.Equal(["Finance", "Legal"], draft.Policy!.Levels.Select(level => level.Name));
        Assert.True(PolicyReader.TryRead(draft.Source, Tenant.Settings, out _, out _));
        Assert.False(draft.Source.TryGet("description", out _));
        Assert.Empty(draft.Unknown);
        var prompt = Assert.Single(model.Asked);
        Assert.DoesNotContain(Wish, prompt.Instructions, StringComparison.Ordinal);
        Assert.True(JsonText.Parse(prompt.Material).TryGet("wish", out var wish));
        Assert.Equal(Wish, wish.AsString());
        Assert.True(JsonText.Parse(prompt.Material).TryGet("known", out var known));
        Assert.Equal(
            """{"actionTypes":["purchasing.vendorBill.post"],"approvers":["group:legal","role:finance-manager"],"fields":["payload.amount"]}""", known.ToString());
    }

    [Fact]
    public async Task Draft_thatDoesNotCompile_isRepairedWithTheErrors()
    {
        var model = ScriptedModel.Writing(Good.Replace("payload.amount > 5000", "payload.amount >> 5000", StringComparison.Ordinal), Good);

        var draft = await DraftAsync(model);

        Assert.NotNull(draft.Policy);
        Assert.True(JsonText.Parse(model.Asked[1].Material).TryGet("errors", out var errors));
        Assert.StartsWith("/when: ", Assert.Single(errors.Items.ToArray()).AsString(), StringComparison.Ordinal);
        Assert.True(JsonText.Parse(model.Asked[1].Material).TryGet("before", out var before));
        Assert.Contains(">>", before.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_wrongTwice_isNone_andIsNotTriedAgain()
    {
        var model = ScriptedModel.Writing("""{"key":"a b"}""", """{"run":"rm"}""", Good);

        var draft = await DraftAsync(model);

        Assert.Null(draft.Policy);
        Assert.True(draft.Source.IsNull);
        Assert.Contains(draft.Errors, error => error.Pointer == "/run");
        Assert.Equal(2, model.Asked.Count);
    }

    [Theory]
    [InlineData("\"onTimeout\": null", "\"onTimeout\": \"autoApprove\"", "/levels/0")]
    [InlineData("\"humanOnly\": true", "\"autoApprove\": [{ \"when\": \"true\" }]", "/levels/0")]
    [InlineData("Large bills of new vendors", "Approve at https://evil.example", "/name")]
    [InlineData("\"description\": null", "\"description\": \"[here](x)\"", "/description")]
    [InlineData("\"Finance\"", "\"evil.example\"", "/levels/0/name")]
    [InlineData("Bill {payload.number}", "evil.example/{payload.number}", "/titleTemplate")]
    public async Task Draft_thatApprovesByItself_orLeadsSomewhere_isNone(string from, string to, string pointer)
    {
        var bad = Good.Replace(from, to, StringComparison.Ordinal);

        var draft = await DraftAsync(ScriptedModel.Writing(bad, bad));

        Assert.Null(draft.Policy);
        Assert.Contains(draft.Errors, error => error.Pointer == pointer);
    }

    [Fact]
    public async Task Draft_ofApproversNobodyKnows_isAskedAgain_thenSaysSo()
    {
        var strange = Good.Replace("group:legal", "group:lawyers", StringComparison.Ordinal);
        var model = ScriptedModel.Writing(strange, strange);

        var draft = await DraftAsync(model);

        Assert.NotNull(draft.Policy);
        Assert.Equal("group:lawyers", Assert.Single(draft.Unknown));
        Assert.Contains("The directory has no group:lawyers.", model.Asked[1].Material, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_whoseRepairFails_isTheOneBefore()
    {
        var strange = Good.Replace("group:legal", "group:lawyers", StringComparison.Ordinal);
        var model = new ScriptedModel(ModelAnswer.Of(JsonText.Parse(strange)), ModelAnswer.Failed(ModelFault.Late));

        Assert.Equal("group:lawyers", Assert.Single((await DraftAsync(model)).Unknown));
    }

    [Fact]
    public async Task Draft_withoutAModel_orWithoutItsAnswer_saysWhy()
    {
        Assert.Equal(ModelFault.Absent, (await DraftAsync(null)).Fault);
        Assert.Equal(ModelFault.Busy, (await DraftAsync(new ScriptedModel(ModelAnswer.Failed(ModelFault.Busy)))).Fault);
    }

    private static ValueTask<DraftedPolicy> DraftAsync(ILanguageModel? model) =>
        new PolicyDrafter(model).DraftAsync(Wish, Tenant, CancellationToken.None);
}
