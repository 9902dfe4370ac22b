using Approvals.Values;

namespace Approvals.Shared.Tests.Values;

public sealed class ValueTests
{
    [Fact]
    public void The_default_is_null()
    {
        Assert.Equal(Value.Null, default);
        Assert.True(default(Value).IsNull);
        Assert.Equal(ValueKind.Null, Value.From(null).Kind);
        Assert.Equal(16, System.Runtime.CompilerServices.Unsafe.SizeOf<Value>());
    }

    [Fact]
    public void Accessors_give_back_what_was_put_in()
    {
        var instant = new DateTimeOffset(2026, 3, 2, 10, 30, 0, TimeSpan.FromHours(1));
        Assert.True(Value.From(true).AsBool());
        Assert.Equal(long.MinValue, Value.From(long.MinValue).AsInt());
        Assert.Equal(0.1, Value.From(0.1).AsDouble());
        Assert.Equal(3.0, Value.From(3L).AsDouble());
        Assert.Equal(3L, Value.From(3.0).AsInt());
        Assert.Equal("x", Value.From("x").AsString());
        Assert.Equal(instant, Value.From(instant).AsTimestamp());
        Assert.Equal(TimeSpan.Zero, Value.From(instant).AsTimestamp().Offset);
        Assert.Equal(TimeSpan.FromDays(-3), Value.From(TimeSpan.FromDays(-3)).AsDuration());
    }

    [Fact]
    public void Accessors_of_another_kind_throw()
    {
        Assert.Throws<InvalidOperationException>(() => Value.Null.AsBool());
        Assert.Throws<InvalidOperationException>(() => Value.From("1").AsInt());
        Assert.Throws<InvalidOperationException>(() => Value.From(1.5).AsInt());
        Assert.Throws<InvalidOperationException>(() => Value.From(1e17).AsInt());
        Assert.Throws<InvalidOperationException>(() => Value.True.AsDouble());
        Assert.Throws<InvalidOperationException>(() => Value.From(1L).AsString());
        Assert.Throws<InvalidOperationException>(() => Value.Null.Members);
        Assert.Throws<InvalidOperationException>(() => Value.Null.Items.Length);
        Assert.Throws<InvalidOperationException>(() => Value.From(1L).AsTimestamp());
        Assert.Throws<InvalidOperationException>(() => Value.From(1L).AsDuration());
    }

    [Fact]
    public void Numbers_are_equal_where_they_are_mathematically()
    {
        Assert.Equal(Value.From(3L), Value.From(3.0));
        Assert.Equal(Value.From(3L).GetHashCode(), Value.From(3.0).GetHashCode());
        Assert.Equal(Value.From(0.0), Value.From(-0.0));
        Assert.Equal(Value.From(0.0).GetHashCode(), Value.From(-0.0).GetHashCode());
        Assert.Equal(Value.From(double.NaN), Value.From(double.NaN));
        Assert.NotEqual(Value.From(9007199254740993), Value.From(9007199254740992.0));
        Assert.NotEqual(Value.From(long.MaxValue), Value.From(9223372036854775808.0));
        Assert.NotEqual(Value.From(1L), Value.True);
        Assert.NotEqual(Value.From(0L), Value.Null);
    }

    [Fact]
    public void Maps_are_equal_whatever_their_order()
    {
        var left = JsonText.Parse("""{"a":1,"b":[1,{"c":null}],"d":"x"}""");
        var right = JsonText.Parse("""{"d":"x","b":[1,{"c":null}],"a":1}""");
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, JsonText.Parse("""{"d":"x","b":[1,{"c":0}],"a":1}"""));
        Assert.NotEqual(left, JsonText.Parse("""{"d":"x","b":[1,{"c":null}],"A":1}"""));
        Assert.NotEqual(left, JsonText.Parse("""{"a":1,"b":[1,{"c":null}]}"""));
    }

    [Theory]
    [InlineData("vendor.name", "\"Acme\"")]
    [InlineData("vendor", """{"name":"Acme","0":"zero"}""")]
    [InlineData("vendor.0", "\"zero\"")]
    [InlineData("lines.0.amount", "10")]
    [InlineData("lines.1.tags.1", "\"b\"")]
    [InlineData("none", "null")]
    [InlineData("lines.2", null)]
    [InlineData("lines.-1", null)]
    [InlineData("lines.x", null)]
    [InlineData("lines.0.amount.more", null)]
    [InlineData("vendor.missing.name", null)]
    [InlineData("", null)]
    public void A_path_leads_to(string path, string? expected)
    {
        var value = JsonText.Parse("""{"vendor":{"name":"Acme","0":"zero"},"lines":[{"amount":10},{"tags":["a","b"]}],"none":null}""");
        Assert.Equal(expected, value.At(path)?.ToString());
    }

    [Fact]
    public void Members_keep_their_order_and_each_is_found()
    {
        var small = Value.Map(("b", Value.From(1L)), ("a", Value.From(2L)));
        Assert.Equal(["b", "a"], small.Members.Keys.ToArray());
        Assert.True(small.TryGet("a", out var two));
        Assert.Equal(2, two.AsInt());
        Assert.False(small.TryGet("c", out _));
        Assert.False(Value.From("text").TryGet("a", out _));

        var large = Value.Map(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create($"m{i}", Value.From((long)i))));
        Assert.True(large.TryGet("m49", out var last));
        Assert.Equal(49, last.AsInt());
        Assert.False(large.TryGet("m50", out _));
        Assert.Equal(31, large.At("m31")?.AsInt());
        Assert.Throws<ArgumentException>(() => Value.Map(("a", default), ("a", default)));
    }

    [Fact]
    public void What_JSON_lacks_is_written_as_text()
    {
        var value = Value.List(
            Value.From(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero)), Value.From(TimeSpan.FromSeconds(90.5)),
            Value.From(9007199254740993), Value.From(9007199254740992), Value.From(double.NaN));
        Assert.Equal("""["2026-03-02T09:30:00Z","90.5s","9007199254740993",9007199254740992,"NaN"]""", value.ToString());
    }

    [Theory]
    [InlineData("2026-03-02T09:30:00Z", "2026-03-02T09:30:00Z")]
    [InlineData("2026-03-02t09:30:00z", "2026-03-02T09:30:00Z")]
    [InlineData("2026-03-02T09:30:00.5Z", "2026-03-02T09:30:00.5Z")]
    [InlineData("2026-03-02T09:30:00.123456789Z", "2026-03-02T09:30:00.1234567Z")]
    [InlineData("2026-03-02T00:30:00+01:00", "2026-03-01T23:30:00Z")]
    [InlineData("2026-03-02T09:30:00-05:30", "2026-03-02T15:00:00Z")]
    [InlineData("2026-03-02T09:30:00", null)]
    [InlineData("2026-03-02 09:30:00Z", null)]
    [InlineData("2026-03-02T09:30:00.Z", null)]
    [InlineData("2026-03-02T09:30Z", null)]
    [InlineData("2026-02-30T09:30:00Z", null)]
    [InlineData("2026-03-02T09:30:00+1:00", null)]
    [InlineData("2026-03-02T09:30:60Z", null)]
    [InlineData("0001-01-01T00:00:00+01:00", null)]
    [InlineData("tomorrow", null)]
    [InlineData("", null)]
    public void Timestamps_are_RFC3339(string text, string? expected) =>
        Assert.Equal(expected, Rfc3339.TryParse(text, out var instant) ? Rfc3339.Format(instant) : null);

    [Theory]
    [InlineData("90s", "90s")]
    [InlineData("1h30m", "5400s")]
    [InlineData("1.5h", "5400s")]
    [InlineData("-1m0.5s", "-60.5s")]
    [InlineData("250ms", "0.25s")]
    [InlineData("1us", "0.000001s")]
    [InlineData("1µs", "0.000001s")]
    [InlineData("150ns", "0.00000015s")]
    [InlineData("0", "0s")]
    [InlineData("7d", null)]
    [InlineData("5", null)]
    [InlineData("h", null)]
    [InlineData("", null)]
    [InlineData("1h 30m", null)]
    [InlineData("1.2.3s", null)]
    [InlineData("--1s", null)]
    [InlineData("99999999999999999999999999999h", null)]
    [InlineData("9999999999999h", null)]
    public void Durations_are_those_of_CEL(string text, string? expected) =>
        Assert.Equal(expected, DurationText.TryParse(text, out var duration) ? DurationText.Format(duration) : null);
}
