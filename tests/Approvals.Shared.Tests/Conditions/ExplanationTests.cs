using Approvals.Conditions;
using Approvals.Values;

namespace Approvals.Shared.Tests.Conditions;

public sealed class ExplanationTests
{
    [Theory]
    [InlineData(
        "payload.amount > 5000 || (payload.vendor.isNew && payload.lines.exists(l, l.category == 'capex'))",
        "payload.amount > 5000 -> false [payload.amount=5000]",
        "payload.vendor.isNew -> true [payload.vendor.isNew=true]",
        "payload.lines.exists(l, l.category == 'capex') -> true [payload.lines.1={\"amount\":20,\"category\":\"capex\"}]")]
    [InlineData(
        "payload.amount >= 5000 || payload.missing == 1 || payload.vendor.isNew",
        "payload.amount >= 5000 -> true [payload.amount=5000]",
        "(payload.missing == 1 -> none [payload.missing=none])",
        "(payload.vendor.isNew -> true [payload.vendor.isNew=true])")]
    [InlineData(
        "has(payload.discount) && payload.discount > 0.1",
        "has(payload.discount) -> false [payload.discount=none]",
        "(payload.discount > 0.1 -> none [payload.discount=none])")]
    [InlineData("payload.discount > 0.1", "payload.discount > 0.1 -> payload has no member 'discount'. [payload.discount=none]")]
    [InlineData(
        "!(payload.name == 'Acme' ? payload.one == 2 : actor.id == 'bo')",
        "payload.name == 'Acme' -> true [payload.name=\"Acme\"]",
        "payload.one == 2 -> false [payload.one=1]",
        "(actor.id == 'bo' -> false [actor.id=\"ana\"])")]
    [InlineData(
        "payload.lines.all(l, l.amount < payload.amount / 200)",
        "payload.lines.all(l, l.amount < payload.amount / 200) -> false [payload.amount=5000 payload.lines.2={\"amount\":30,\"category\":\"opex\"}]")]
    [InlineData(
        "payload.lines.filter(l, l.amount > 10).exists(m, m.amount == 30)",
        "payload.lines.filter(l, l.amount > 10).exists(m, m.amount == 30) -> true [payload.lines=[{\"amount\":10,\"category\":\"opex\"},{\"amount\":20,\"category\":\"capex\"},{\"amount\":30,\"category\":\"opex\"}] m.1={\"amount\":30,\"category\":\"opex\"}]")]
    [InlineData("(payload.amount + 1.0) * 2 > 3.0", "(payload.amount + 1.0) * 2 > 3.0 -> true [payload.amount=5000]")]
    [InlineData("true", "true -> true []")]
    [InlineData(
        "payload.missing == 1 || payload.one == 1",
        "payload.missing == 1 -> payload has no member 'missing'. [payload.missing=none]",
        "payload.one == 1 -> true [payload.one=1]")]
    public void Clauses_are_shown_with_what_they_came_to(string text, params string[] expected) =>
        Assert.Equal(expected, SemanticsTests.Compile(text).Explain(SemanticsTests.Input).Select(Shown));

    [Theory]
    [InlineData("payload.amount > 5000 || payload.vendor.isNew && payload.amount < 9", "payload.amount", "payload.vendor.isNew")]
    [InlineData("payload.lines.exists(l, l.category == 'capex' && l.amount > payload.limit)", "payload.lines", "payload.lines[].category", "payload.lines[].amount", "payload.limit")]
    [InlineData("payload.lines.filter(l, l.a).exists(m, m.b)", "payload.lines", "payload.lines[].a", "payload.lines[].b")]
    [InlineData("payload.orders.exists(o, o.lines.all(l, l.amount > 1))", "payload.orders", "payload.orders[].lines", "payload.orders[].lines[].amount")]
    [InlineData("has(payload.vendor.name) && payload['odd name'] == payload.lines[0].amount", "payload.vendor.name", "payload.odd name", "payload.lines.0.amount")]
    [InlineData("now - timestamp(payload.due) > duration('1h') && actor.id != subject.id", "now", "payload.due", "actor.id", "subject.id")]
    [InlineData("[1, 2].exists(payload, payload > 1)")]
    [InlineData("payload[payload.key] == 1", "payload", "payload.key")]
    public void References_are_the_inputs_read(string text, params string[] expected) =>
        Assert.Equal(expected, SemanticsTests.Compile(text).References);

    [Fact]
    public void An_explanation_is_bounded_too()
    {
        var condition = SemanticsTests.Compile("payload.many.exists(a, payload.many.exists(b, payload.many.exists(c, a + b + c < 0)))");
        var many = Value.List([.. Enumerable.Range(0, 1000).Select(i => Value.From((double)i))]);
        var item = Assert.Single(condition.Explain(new ConditionInput { Payload = Value.Map(("many", many)), Now = default }));
        Assert.Equal("The condition took more steps than it is allowed.", item.Error);
        Assert.Null(item.Value);
    }

    private static string Shown(ExplanationItem item)
    {
        var operands = string.Join(' ', item.Operands.Select(operand => $"{operand.Name}={operand.Value?.ToString() ?? "none"}"));
        var text = $"{item.Expression} -> {item.Error ?? item.Value?.ToString() ?? "none"} [{operands}]";
        return item.Needed ? text : $"({text})";
    }
}
