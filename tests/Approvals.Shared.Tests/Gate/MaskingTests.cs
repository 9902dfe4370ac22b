using Approvals.Gate;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Gate;

/// <summary>What people who may see less than the whole get to see.</summary>
public sealed class MaskingTests
{
    public static readonly TheoryData<string, string, string> Payloads = new()
    {
        { """{"a":1,"iban":"DE1"}""", "payload.iban", """{"a":1,"iban":"•••"}""" },
        { """{"a":1}""", "payload.iban", """{"a":1}""" },
        { """{"iban":null}""", "payload.iban", """{"iban":null}""" },
        { """{"v":{"iban":"DE1","n":"A"}}""", "payload.v.iban", """{"v":{"iban":"•••","n":"A"}}""" },
        { """{"v":{"iban":"DE1"}}""", "payload.v", """{"v":"•••"}""" },
        { """{"v":"x"}""", "payload.v.iban", """{"v":"x"}""" },
        { """{"l":[{"p":1,"q":2},{"p":3},5]}""", "payload.l.p", """{"l":[{"p":"•••","q":2},{"p":"•••"},5]}""" },
        { """{"l":[{"p":1},{"p":3}]}""", "payload.l.*.p", """{"l":[{"p":"•••"},{"p":"•••"}]}""" },
        { """{"l":[{"p":1},{"p":3}]}""", "payload.l.1.p", """{"l":[{"p":1},{"p":"•••"}]}""" },
        { """{"l":[1,2]}""", "payload.l.*", """{"l":["•••","•••"]}""" },
        { """{"m":{"x":{"k":1},"y":{"k":2,"z":3}}}""", "payload.m.*.k", """{"m":{"x":{"k":"•••"},"y":{"k":"•••","z":3}}}""" },
        { """{"a":1,"b":[true]}""", "payload a", "\"•••\"" },
        { """{"a":1,"b":2}""", "payload.a payload.b", """{"a":"•••","b":"•••"}""" },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Sensitive_paths_are_masked(string payload, string paths, string masked) =>
        Assert.Equal(masked, Masking.Apply(World.Json(payload), [.. paths.Split(' ')]).ToString());

    [Theory]
    [InlineData("Bill {payload.number} from {payload.vendor.name}", "Bill 7 from Acme")]
    [InlineData("{payload.missing.deeper}", "")]
    [InlineData("{ payload.number }", "7")]
    [InlineData("{{x}} {actor.name} {actor.type} {subject.type}:{subject.id} {actionType}", "{x} RAE human bill:4711 a.b")]
    [InlineData("{payload.vendor}", """{"name":"Acme","iban":"•••"}""")]
    [InlineData("{payload.vendor.iban}", "•••")]
    [InlineData("{payload.lines.0.item}", "bolt")]
    [InlineData("A {payload.multi} B", "A x y B")]
    public void A_title_is_rendered(string template, string title)
    {
        Assert.True(TitleTemplate.TryParse(template, out var parsed, out _, out _));

        var check = World.Check("a.b", """{"number":7,"vendor":{"name":"Acme","iban":"DE1"},"lines":[{"item":"bolt"}],"multi":"x\r\n\ty"}""");
        Assert.Equal(title, parsed.Render(check.ActionType, check.Actor, check.Subject, check.Payload, ["payload.vendor.iban"]));
    }

    [Fact]
    public void A_title_is_never_empty_and_never_too_long()
    {
        var check = World.Check("a.b", $$"""{"long":"{{new string('x', 498)}}😀😀"}""");

        Assert.Equal("a.b bill:4711", Titles.Of("{payload.missing}", check, []));
        Assert.Equal("a.b bill:4711", Titles.Of(null, check, []));
        var title = Titles.Of("{payload.long}", check, []);
        Assert.Equal(new string('x', 498) + "…", title);
    }

    [Theory]
    [InlineData("payload.vendor.iban != 'x'", "payload.vendor.iban", "\"•••\"")]
    [InlineData("payload['vendor']['iban'] != 'x'", "payload.vendor.iban", "\"•••\"")]
    [InlineData("size(payload.vendor) == 2", "payload.vendor", """{"name":"A","iban":"•••"}""")]
    [InlineData("payload.lines.exists(l, l.price > 3)", "payload.lines.1", """{"price":"•••"}""")]
    [InlineData("payload.lines[1].price > 3", "payload.lines.1.price", "\"•••\"")]
    [InlineData("size(payload.lines) == 2", "payload.lines", """[{"price":"•••"},{"price":"•••"}]""")]
    [InlineData("payload.amount == 5", "payload.amount", "5")]
    [InlineData("actor.id == 'rae'", "actor.id", "\"rae\"")]
    public void What_a_condition_looked_at_is_masked_by_its_path(string when, string name, string masked)
    {
        var tenant = World.Tenant([]).With(World.Policy("k", "a.b", when) with { Sensitive = ["payload.vendor.iban", "payload.lines.price"] });
        var check = World.Check("a.b", """{"amount":5,"vendor":{"name":"A","iban":"DE1"},"lines":[{"price":1},{"price":5}]}""");

        var operands = GateRules.Evaluate(tenant, check, World.Now).Explanation.Single().Operands;

        Assert.Equal(masked, operands.Single(operand => operand.Key == name).Value.ToString());
    }
}
