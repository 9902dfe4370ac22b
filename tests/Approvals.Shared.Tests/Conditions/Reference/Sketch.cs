using static Approvals.Shared.Tests.Conditions.Reference.Naive;

namespace Approvals.Shared.Tests.Conditions.Reference;

/// <summary>A generated expression: its text with no more parentheses than the grammar needs, and what it means.</summary>
internal sealed class Sketch(string text, int rank, Func<Dictionary<string, object?>, object?> value)
{
    /// <summary>How tightly the grammar binds it: 0 a choice, 1 ||, 2 &amp;&amp;, 3 a relation, 4 a sum, 5 a product, 6 a sign, 7 a member.</summary>
    public int Rank { get; } = rank;

    public string Text { get; } = text;

    /// <summary>The value where these names are known.</summary>
    public object? Value(Dictionary<string, object?> names) => value(names);

    public override string ToString() => Text;

    private string At(int rank) => Rank >= rank ? Text : $"({Text})";

    public static Sketch Constant(string text, object? value) => new(text, text.StartsWith('-') ? 6 : 7, _ => value);

    public static Sketch Name(string name) => new(name, 7, names => names[name]);

    public Sketch Member(string name) => new($"{At(7)}.{name}", 7, names => Naive.Member(Value(names), name));

    public Sketch Has(string name) => new(
        $"has({At(7)}.{name})", 7,
        names => Value(names) is Dictionary<string, object?> map ? map.ContainsKey(name) : throw new NaiveFaultException());

    public Sketch Item(Sketch index) => new($"{At(7)}[{index}]", 7, names => Naive.Item(Value(names), index.Value(names)));

    public Sketch Size() => new($"{At(7)}.size()", 7, names => Naive.Size(Value(names)));

    public Sketch Not() => new($"!{(Text.StartsWith('!') && Rank == 6 ? Text : At(7))}", 6, names => !Bool(Value(names)));

    public static Sketch Compare(string sign, Sketch left, Sketch right) => new(
        $"{left.At(3)} {sign} {right.At(4)}", 3, names => Naive.Compare(sign, left.Value(names), right.Value(names)));

    public static Sketch Equal(bool negated, Sketch left, Sketch right) => new(
        $"{left.At(3)} {(negated ? "!=" : "==")} {right.At(4)}", 3, names => Same(left.Value(names), right.Value(names)) != negated);

    public static Sketch In(Sketch left, Sketch right) => new(
        $"{left.At(3)} in {right.At(4)}", 3, names => Naive.In(left.Value(names), right.Value(names)));

    public static Sketch Arithmetic(string sign, Sketch left, Sketch right)
    {
        var rank = sign is "+" or "-" ? 4 : 5;
        return new($"{left.At(rank)} {sign} {right.At(rank + 1)}", rank, names => Naive.Arithmetic(sign, left.Value(names), right.Value(names)));
    }

    public static Sketch Logic(bool isAnd, Sketch left, Sketch right)
    {
        var rank = isAnd ? 2 : 1;
        return new($"{left.At(rank)} {(isAnd ? "&&" : "||")} {right.At(rank + 1)}", rank, names => Decide(isAnd, [() => Bool(left.Value(names)), () => Bool(right.Value(names))]));
    }

    public static Sketch Choice(Sketch test, Sketch then, Sketch otherwise) => new(
        $"{test.At(1)} ? {then.At(1)} : {otherwise.Text}", 0, names => (Bool(test.Value(names)) ? then : otherwise).Value(names));

    public static Sketch List(Sketch[] items) => new(
        $"[{string.Join(", ", items.AsEnumerable())}]", 7, names => items.Select(item => item.Value(names)).ToList());

    public static Sketch Loop(string macro, Sketch range, string variable, Sketch body) => new(
        $"{range.At(7)}.{macro}({variable}, {body})", 7, names =>
        {
            var items = Items(range.Value(names)).ToList();
            object? On(object? item) => body.Value(new Dictionary<string, object?>(names) { [variable] = item });
            return macro switch
            {
                "exists" => Decide(isAnd: false, items.Select(item => (Func<bool>)(() => Bool(On(item))))),
                "all" => Decide(isAnd: true, items.Select(item => (Func<bool>)(() => Bool(On(item))))),
                "exists_one" => items.Count(item => Bool(On(item))) == 1,
                "filter" => items.Where(item => Bool(On(item))).ToList(),
                _ => items.Select(On).ToList(),
            };
        });

    /// <summary>Any deciding operand decides, whatever else faults.</summary>
    private static bool Decide(bool isAnd, IEnumerable<Func<bool>> operands)
    {
        var faulted = false;
        foreach (var operand in operands)
        {
            try
            {
                if (operand() != isAnd)
                {
                    return !isAnd;
                }
            }
            catch (NaiveFaultException)
            {
                faulted = true;
            }
        }
        return faulted ? throw new NaiveFaultException() : isAnd;
    }
}
