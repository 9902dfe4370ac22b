using Approvals.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Shared.Tests.Conditions.Reference;

/// <summary>Generates expressions that mostly make sense, over payloads that mostly fit.</summary>
internal static class Sketches
{
    private static readonly string[] Variables = ["x", "y", "z"];
    private static readonly (string Text, object? Value)[] Numbers =
    [
        ("0", 0L), ("1", 1L), ("2", 2L), ("-3", -3L), ("9223372036854775807", long.MaxValue), ("-9223372036854775808", long.MinValue),
        ("0.5", 0.5), ("2.0", 2.0), ("-1e3", -1000.0),
    ];
    private static readonly (string Text, object? Value)[] Texts = [("''", ""), ("'a'", "a"), ("\"b\"", "b"), (@"'\U0001F600'", "😀"), (@"'\uFFFD'", "\uFFFD")];

    /// <summary>The members that every expression may ask for.</summary>
    private static readonly string[] Members = ["n", "m", "s", "t", "b", "nothing", "map", "numbers", "maps", "missing"];

    public static Gen<Sketch> Condition => Gen.Sized(size => Bool(Math.Min(size, 40) + 4, 0));

    /// <summary>JSON as it would come in: numbers are doubles.</summary>
    public static Gen<Dictionary<string, object?>> Payload
    {
        get
        {
            var number = Gen.Elements(0.0, 1.0, 2.0, -3.0, 0.5, 1e17).Select(n => (object?)n);
            var text = Gen.Elements("", "a", "b", "ab", "😀").Select(s => (object?)s);
            var truth = Gen.Elements(true, false).Select(b => (object?)b);
            var any = Gen.OneOf(number, text, truth, Gen.Constant((object?)null));
            var map = number.Zip(text).Zip(truth)
                .Select(t => (object?)new Dictionary<string, object?> { ["n"] = t.Item1.Item1, ["s"] = t.Item1.Item2, ["b"] = t.Item2 });
            return Gen.OneOf(number, any).Zip(Gen.OneOf(text, any)).Zip(Gen.OneOf(truth, any)).Zip(number.ListOf().Zip(Gen.Frequency((4, map), (1, any)).ListOf()).Zip(map))
                .Select(parts => new Dictionary<string, object?>
                {
                    ["n"] = parts.Item1.Item1.Item1,
                    ["m"] = 7.0,
                    ["s"] = parts.Item1.Item1.Item2,
                    ["t"] = "ab",
                    ["b"] = parts.Item1.Item2,
                    ["nothing"] = null,
                    ["map"] = parts.Item2.Item2,
                    ["numbers"] = parts.Item2.Item1.Item1.Take(4).ToList(),
                    ["maps"] = parts.Item2.Item1.Item2.Take(4).ToList(),
                });
        }
    }

    public static Value ToValue(object? value) => value switch
    {
        null => Value.Null,
        bool b => Value.From(b),
        long whole => Value.From(whole),
        double number => Value.From(number),
        string text => Value.From(text),
        List<object?> items => Value.List([.. items.Select(ToValue)]),
        _ => Value.Map(((Dictionary<string, object?>)value).Select(member => KeyValuePair.Create(member.Key, ToValue(member.Value)))),
    };

    private static Gen<Sketch> Bool(int size, int scope)
    {
        var leaf = Gen.OneOf(Input("b", scope), Gen.Elements(Sketch.Constant("true", true), Sketch.Constant("false", false)));
        if (size < 2)
        {
            return leaf;
        }
        Gen<Sketch> B() => Bool(size / 2, scope);
        Gen<Sketch> N() => Number(size / 2, scope);
        Gen<Sketch> T() => Text(size / 2, scope);
        var sign = Gen.Elements("<", "<=", ">", ">=");
        return Pick(
            (1, () => leaf),
            (4, () => Gen.Elements(true, false).Zip(B()).Zip(B()).Select(p => Sketch.Logic(p.Item1.Item1, p.Item1.Item2, p.Item2))),
            (1, () => B().Select(b => b.Not())),
            (3, () => sign.Zip(N()).Zip(N()).Select(p => Sketch.Compare(p.Item1.Item1, p.Item1.Item2, p.Item2))),
            (1, () => sign.Zip(T()).Zip(T()).Select(p => Sketch.Compare(p.Item1.Item1, p.Item1.Item2, p.Item2))),
            (2, () => Gen.Elements(true, false).Zip(Gen.OneOf(N().Two(), T().Two(), B().Two()))
                .Select(p => Sketch.Equal(p.Item1, p.Item2.Item1, p.Item2.Item2))),
            (1, () => N().Zip(NumberList(size / 2, scope)).Select(p => Sketch.In(p.Item1, p.Item2))),
            (1, () => T().Zip(Gen.OneOf(T().ArrayOf(3).Select(Sketch.List), Input("map", scope))).Select(p => Sketch.In(p.Item1, p.Item2))),
            (1, () => Input("map", scope).Zip(Gen.Elements(Members)).Select(p => p.Item1.Has(p.Item2))),
            (1, () => Choice(B(), B(), B())),
            (Loops(4, scope), () => Loop(Gen.Elements("exists", "all", "exists_one"), Lists(size / 2, scope), scope, Bool(size / 2, scope + 1))));
    }

    private static Gen<Sketch> Number(int size, int scope)
    {
        var leaf = Gen.OneOf(Input("n", scope), Input("m", scope), Gen.Elements(Numbers).Select(n => Sketch.Constant(n.Text, n.Value)));
        if (size < 2)
        {
            return leaf;
        }
        Gen<Sketch> N() => Number(size / 2, scope);
        return Pick(
            (3, () => leaf),
            (3, () => Gen.Elements("+", "-", "*", "/", "%").Zip(N()).Zip(N()).Select(p => Sketch.Arithmetic(p.Item1.Item1, p.Item1.Item2, p.Item2))),
            (1, () => Gen.OneOf(Lists(size / 2, scope), Text(size / 2, scope)).Select(list => list.Size())),
            (1, () => NumberList(size / 2, scope).Zip(N()).Select(p => p.Item1.Item(p.Item2))),
            (1, () => Choice(Bool(size / 2, scope), N(), N())));
    }

    private static Gen<Sketch> Text(int size, int scope)
    {
        var leaf = Gen.OneOf(Input("s", scope), Input("t", scope), Gen.Elements(Texts).Select(t => Sketch.Constant(t.Text, t.Value)));
        return size < 2
            ? leaf
            : Pick((3, () => leaf), (1, () => Text(size / 2, scope).Two().Select(p => Sketch.Arithmetic("+", p.Item1, p.Item2))));
    }

    private static Gen<Sketch> NumberList(int size, int scope) => Pick(
        (3, () => Input("numbers", scope)),
        (1, () => Number(size / 3, scope).ArrayOf(3).Select(Sketch.List)),
        (size < 2 ? 0 : 1, () => NumberList(size / 2, scope).Two().Select(p => Sketch.Arithmetic("+", p.Item1, p.Item2))),
        (size < 2 ? 0 : Loops(1, scope), () => Loop(Gen.Constant("map"), Lists(size / 2, scope), scope, Number(size / 3, scope + 1))));

    private static Gen<Sketch> Lists(int size, int scope) => Pick(
        (2, () => Input("numbers", scope)),
        (3, () => Input("maps", scope)),
        (1, () => Input("map", scope)),
        (size < 2 ? 0 : Loops(1, scope), () =>
            Loop(Gen.Constant("filter"), Gen.OneOf(Input("numbers", scope), Input("maps", scope)), scope, Bool(size / 2, scope + 1))));

    /// <summary>One of the options by weight; the others are not built, or generating would take time exponential in the size.</summary>
    private static Gen<Sketch> Pick(params (int Weight, Func<Gen<Sketch>> Option)[] options) =>
        Gen.Frequency(options.Where(option => option.Weight > 0).Select(option => (option.Weight, Gen.Constant(option.Option))))
            .SelectMany(option => option());

    /// <summary>The weight of loops, which end with the names for variables.</summary>
    private static int Loops(int weight, int scope) => scope < Variables.Length ? weight : 0;

    private static Gen<Sketch> Loop(Gen<string> macro, Gen<Sketch> range, int scope, Gen<Sketch> body) =>
        macro.Zip(range).Zip(body).Select(p => Sketch.Loop(p.Item1.Item1, p.Item1.Item2, Variables[scope], p.Item2));

    private static Gen<Sketch> Choice(Gen<Sketch> test, Gen<Sketch> then, Gen<Sketch> otherwise) =>
        test.Zip(then).Zip(otherwise).Select(p => Sketch.Choice(p.Item1.Item1, p.Item1.Item2, p.Item2));

    /// <summary>The member of that name, of the payload or of a variable; now and then another one, or a variable itself.</summary>
    private static Gen<Sketch> Input(string member, int scope)
    {
        var roots = Variables.Take(scope).Append("payload").Select(Sketch.Name).ToArray();
        var root = Gen.Elements(roots);
        return Pick(
            (8, () => root.Select(r => r.Member(member))),
            (3, () => Gen.Constant(Sketch.Name("payload").Member(member))),
            (1, () => root.Zip(Gen.Elements(Members)).Select(p => p.Item1.Member(p.Item2))),
            (scope > 0 ? 3 : 0, () => Gen.Elements(roots[..scope])));
    }
}
