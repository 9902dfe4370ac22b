using System.Globalization;
using Approvals.Conditions;
using Approvals.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Shared.Tests.Conditions;

/// <summary>Ranges and exactness as CEL's conformance tests have them (google/cel-spec, tests/simple), and as Go's parsers and RE2 read texts.</summary>
public sealed class ConformanceTests
{
    /// <summary>The value, or null for an error, whether it is told when the condition is saved or evaluated.</summary>
    public static readonly TheoryData<string, bool?> Vectors = new()
    {
        // Durations: 315,576,000,000 s either way
        { "duration('320000000000s') > duration('1s')", null },
        { "duration('-320000000000s') < duration('1s')", null },
        { "duration('315576000000s') > duration('1s')", true },
        { "duration('-315576000000s') < duration('1s')", true },
        { "duration('315576000000.000000001s') > duration('1s')", null },
        { "duration('87660000h') == duration('315576000000s')", true },
        { "duration('200000000000s') + duration('200000000000s') > duration('1s')", null },
        { "duration('-200000000000s') + duration('-200000000000s') < duration('1s')", null },
        { "duration('-200000000000s') - duration('200000000000s') < duration('1s')", null },
        { "duration('200000000000s') - duration('-200000000000s') > duration('1s')", null },
        { "duration('200000000000s') + duration('115576000000s') == duration('315576000000s')", true },
        { "duration('99999999999999999999999999999999999999999999999999999999h') > duration('1s')", null },

        // Timestamps: the years 1 to 9999, to the nanosecond
        { "timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z') > duration('1s')", null },
        { "timestamp('0001-01-01T00:00:00Z') - timestamp('9999-12-31T23:59:59Z') < duration('1s')", null },
        { "timestamp('2026-01-01T00:00:00Z') - timestamp('1800-01-01T00:00:00Z') > duration('1s')", true },
        { "timestamp('0001-01-01T00:00:00Z') + duration('-1ns') == timestamp('0001-01-01T00:00:00Z')", null },
        { "timestamp('0001-01-01T00:00:00Z') + duration('-1s') == timestamp('0001-01-01T00:00:00Z')", null },
        { "timestamp('9999-12-31T23:59:59.999999999Z') + duration('1ns') > now", null },
        { "timestamp('9999-12-31T23:59:59.999999998Z') + duration('1ns') > now", true },
        { "timestamp('9999-12-31T23:59:59Z') + duration('1s') > now", null },
        { "timestamp('10000-01-01T00:00:00Z') > now", null },
        { "timestamp('0000-01-01T00:00:00Z') < now", null },

        // Nanoseconds
        { "duration('1ns') == duration('0s')", false },
        { "duration('1ns') > duration('0s')", true },
        { "duration('-1ns') < duration('0s')", true },
        { "duration('1.5us') == duration('1500ns')", true },
        { "timestamp('0001-01-01T00:00:00Z') + duration('99ns') == timestamp('0001-01-01T00:00:00Z')", false },
        { "timestamp('0001-01-01T00:00:01.000000001Z') + duration('-999999999ns') == timestamp('0001-01-01T00:00:00.000000002Z')", true },
        { "timestamp('0001-01-01T00:00:01.999999999Z') + duration('999999999ns') == timestamp('0001-01-01T00:00:02.999999998Z')", true },
        { "timestamp('2026-01-01T00:00:00.123456789Z') - timestamp('2026-01-01T00:00:00.123456788Z') == duration('1ns')", true },
        { "timestamp('2026-01-01T00:00:00.123456789Z') > timestamp('2026-01-01T00:00:00.123456788Z')", true },
        { "timestamp('2026-01-01T00:00:00.12345678Z') == timestamp('2026-01-01T00:00:00.123456780Z')", true },
        { "timestamp('2026-01-01T00:00:00.1Z') == timestamp('2026-01-01T01:00:00.100+01:00')", true },
        { "string(timestamp('9999-12-31T23:59:59.999999999Z')) == '9999-12-31T23:59:59.999999999Z'", true },
        { "string(timestamp('2026-01-01T00:00:00.00000001Z')) == '2026-01-01T00:00:00.00000001Z'", true },
        { "string(duration('1.000000001s')) == '1.000000001s'", true },
        { "string(duration('-1ns')) == '-0.000000001s'", true },
        { "duration('-0.999999999s').getSeconds() == 0 && duration('-1.9s').getSeconds() == -1 && duration('-1.9s').getMilliseconds() == -900", true },
        { "duration('123.321456789s').getMilliseconds() == 321", true },
        { "timestamp('2009-02-13T23:31:20.123456789Z').getMilliseconds() == 123", true },
        { "int(timestamp('1969-12-31T23:59:59.999999999Z')) == -1", true },

        // The local year may be 0 or 10000
        { "timestamp('9999-12-31T23:59:59Z').getFullYear('Europe/Berlin') == 10000", true },
        { "timestamp('9999-12-31T23:59:59Z').getMonth('+01:00') == 0 && timestamp('9999-12-31T23:59:59Z').getHours('+01:00') == 0", true },
        { "timestamp('9999-12-31T20:30:00Z').getDayOfWeek('+05:30') == 6 && timestamp('9999-12-31T20:30:00Z').getDayOfYear('+05:30') == 0", true },
        { "timestamp('9999-12-31T23:59:59Z').getFullYear() == 9999 && timestamp('9999-12-31T23:59:59Z').getFullYear('-01:00') == 9999", true },
        { "timestamp('0001-01-01T00:00:00Z').getFullYear('-08:00') == 0 && timestamp('0001-01-01T00:00:00Z').getHours('-08:00') == 16", true },
        { "timestamp('0001-01-01T00:00:00Z').getDate('-00:01') == 31 && timestamp('0001-01-01T00:00:00Z').getDayOfYear('-00:01') == 365", true },
        { "timestamp('0001-01-01T00:00:00Z').getDayOfWeek('-00:01') == 0 && timestamp('0001-01-01T00:00:00Z').getFullYear('+01:00') == 1", true },

        // Numbers
        { "int(-9223372036854775808.0) < 0", null },
        { "int(9223372036854775808.0) > 0", null },
        { "int(-9223372036854774784.0) < 0", true },
        { "int('-9223372036854775808') < 0", true },
        { "double('1e999') > 0.0", null },
        { "double('-1e999') < 0.0", null },
        { "double('1e-999') == 0.0", true },
        { "double('Infinity') > 1e308 && double('-inf') < -1e308 && double('+INF') == double('infinity')", true },
        { "double('NaN') > 0.0 || double('nan') <= 0.0", false },
        { "double('-nan') == 0.0", null },
        { "double('infinite') > 0.0", null },
        { "double('') > 0.0", null },
    };

    /// <summary>Texts out of payloads.</summary>
    public static readonly TheoryData<string, string, bool?> Payloads = new()
    {
        { "double(payload.s) > 5000.0", "-1e999", null },
        { "double(payload.s) > 5000.0", "NaN", false },
        { "!(double(payload.s) <= 5000.0)", "NaN", true },
        { "double(payload.s) > 5000.0", "5000.01", true },
        { "payload.s.matches('(?i)^s$')", "\u017f", true },
        { "payload.s.matches('(?i)^[a-z]$')", "\u017f", true },
        { "payload.s.matches('(?i)^[^s]$')", "\u017f", false },
        { "payload.s.matches('(?i)^K$')", "\u212a", true },
        { "payload.s.matches('(?i)^\u017f\\\\x73$')", "sS", true },
        { "payload.s.matches('(?i)^(?-i:s)$')", "\u017f", false },
        { "payload.s.matches('((?i)s)s')", "\u017f\u017f", false },
        { "payload.s.matches('(?i)\\\\Qs.\\\\E')", "\u017f.", true },
        { "payload.s.matches('(?i)^\u03c3$')", "\u03c2", true },
        { "payload.s.matches('^s$')", "\u017f", false },
        { "duration(payload.s) > duration('0s')", "1\u03bcs", true },
        { "duration(payload.s) > duration('0s')", "1\u00b5s", true },
        { "duration(payload.s) > duration('0s')", "320000000000s", null },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vector_gives(string condition, bool? expected) => Assert.Equal(expected, Evaluate(condition, Value.Map()));

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Payload_gives(string condition, string text, bool? expected) => Assert.Equal(expected, Evaluate(condition, Value.Map(("s", Value.From(text)))));

    [Fact]
    public void Durations_and_timestamps_are_exact()
    {
        var nanos = from whole in Gen.Choose(-int.MaxValue, int.MaxValue)
                    from part in Gen.Choose(0, 999_999_999)
                    select ((Int128)whole * 1_000_000_000) + part;
        Prop.ForAll(
            (from a in nanos from b in nanos select (a, b)).ToArbitrary(),
            each =>
            {
                var (a, b) = (Duration(each.a), Duration(each.b));
                var (sum, difference) = (Duration(each.a + each.b), Duration(each.a - each.b));
                Assert.True(Evaluate($"{a} + {b} == {sum} && {a} - {b} == {difference} && string({a}) == string({sum} - {b})", Value.Map()));
                Assert.Equal(each.a < each.b, Evaluate($"{a} < {b}", Value.Map()));
                Assert.Equal(each.a == each.b, Evaluate($"{a} == {b}", Value.Map()));
                Assert.True(Evaluate($"now + {a} + {b} == now + {sum} && (now + {a}) - (now + {b}) == {difference}", Value.Map()));
                Assert.True(Evaluate($"timestamp(string(now + {a})) == now + {a} && duration(string({a})) == {a}", Value.Map()));
            }).QuickCheckThrowOnFailure();

        static string Duration(Int128 nanos) => $"duration('{nanos.ToString(CultureInfo.InvariantCulture)}ns')";
    }

    private static bool? Evaluate(string condition, Value payload)
    {
        if (!Condition.TryCompile(condition, out var compiled, out _))
        {
            return null;
        }
        var result = compiled.Evaluate(new ConditionInput { Payload = payload, Now = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero) });
        return result.IsError ? null : result.Value;
    }
}
