using Approvals.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Shared.Tests.Values;

/// <summary>Arbitrary JSON values with names and numbers that are likely to go wrong.</summary>
internal static class Generated
{
    private static readonly string[] Names =
    [
        "", "a", "b", "A", "amount", "vendor", "é", "€", "😀", "\ufb33", "a/b", "a~b", "\"", "\\", "\n", "\u007f", "Ω", "zz", "10", "9", "1",
    ];

    private static readonly double[] Numbers =
    [
        0, -0.0, 0.1, 0.2, 1.005, 100.25, 4999.99, -0.0001, 0.00012, 1e-6, 1e-7, 123456789.1234, 1e10 + 0.0001, 99999999999.9999, 1e20, 1e21, 1e22,
        5e-324, double.MaxValue, 9007199254740992, -9007199254740992, 1.0 / 3, 2.0 / 3, 0.30000000000000004,
    ];

    public static readonly Gen<double> Number = Gen.OneOf(
        Gen.Elements(Numbers),
        Gen.Choose(-1_000_000, 1_000_000).Select(cents => cents / 100.0),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(pair => BitConverter.Int64BitsToDouble(((long)pair.Item1 << 32) ^ (uint)pair.Item2))
            .Where(double.IsFinite));

    public static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements(Names),
        Gen.Choose(0, 0xD7FF).Select(code => (char)code).ArrayOf().Select(units => new string(units)),
        Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32).ArrayOf().Select(string.Concat));

    public static readonly Gen<Value> Json = Gen.Sized(size => Sized(Math.Min(size, 60)));

    private static Gen<Value> Sized(int size)
    {
        var scalar = Gen.OneOf(
            Gen.Constant(Value.Null), Gen.Constant(Value.True), Gen.Constant(Value.False), Number.Select(Value.From), Text.Select(Value.From));
        if (size < 2)
        {
            return scalar;
        }
        var part = Sized(size / 3);
        var list = part.ListOf().Select(items => Value.List([.. items]));
        var map = Text.Zip(part).ListOf()
            .Select(members => Value.Map(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2))));
        return Gen.Frequency((1, scalar), (2, list), (3, map));
    }
}
