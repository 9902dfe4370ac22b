namespace Approvals.Conditions.Functions;

/// <summary>
/// What a pattern comes to once its counted repetitions are written out, counted while it is read. Compiling takes time by what is written, by the
/// tables of Unicode that it takes and by how many kinds of characters there are, finding by the size: in the worst case each character of the text leads to a state that has not been met, and working it out looks at
/// the whole pattern.
/// </summary>
public sealed class PatternSize
{
    /// <summary>Enough for whatever a sensible pattern says; .NET's own limit is on the order of ten times as much.</summary>
    public const int Most = 1000;

    private readonly Stack<(long Total, long Last)> _outer = new();
    private readonly HashSet<string> _classes = new(StringComparer.Ordinal);
    private long _total;
    private long _last;
    private int _unicode;
    private int _units;
    private bool _isPlain = true;

    /// <summary>Parts, such as characters and classes; at least 1.</summary>
    public int Total => (int)Math.Clamp(_total, 1, int.MaxValue);

    /// <summary>One character, or the beginning or end of the text.</summary>
    public void AddOne() => Add(1);

    /// <summary>One of several characters.</summary>
    /// <param name="text">How it is written: what is written alike is of one kind.</param>
    public void AddClass(string text)
    {
        _isPlain = false;
        _classes.Add(text);
        Add(1);
    }

    /// <summary>A Unicode category, within a class or alone, or that case is ignored: either takes tables of all characters.</summary>
    public void AddUnicode() => _unicode++;

    /// <summary>Different characters, those of classes and the signs of the syntax among them.</summary>
    public void CountUnits(string pattern) => _units = pattern.Distinct().Count();

    /// <summary>An alternative, an unbounded repetition, a boundary.</summary>
    public void Branch()
    {
        _isPlain = false;
        _total++;
    }

    /// <summary>What came last, so many times.</summary>
    public void Repeat(int times)
    {
        _isPlain = false;
        var more = Math.Min(_last * Math.Max(times - 1, 0), int.MaxValue);
        _total += more;
        _last += more;
    }

    public void Open()
    {
        _outer.Push((_total, _last));
        (_total, _last) = (0, 0);
    }

    public void Close()
    {
        if (_outer.TryPop(out var outer))
        {
            (_total, _last) = (Math.Min(outer.Total + _total, int.MaxValue), _total);
        }
    }

    /// <summary>Steps of compiling it.</summary>
    /// <param name="length">Of the text of the pattern.</param>
    public int CompileSteps(int length) => Work.PatternSteps + (Work.PatternUnitSteps * length)
        + (_unicode == 0 ? 0 : Work.UnicodeSteps + (Work.FurtherUnicodeSteps * (_unicode - 1)))
        + (Work.KindPairSteps * Kinds * Math.Max(Kinds - Work.FreeKinds, 0));

    /// <summary>Characters that have to be told from each other, at most.</summary>
    private int Kinds => _units + _classes.Count;

    /// <summary>Steps of finding it in a text, at worst. A plain text is looked for in one pass over few states.</summary>
    public int FindSteps(int length) => _isPlain
        ? length / Work.UnitsPerStep * (1 + (Total / Work.UnitsPerStep))
        : (int)Math.Min((length + 1L) * Total * Work.PartSteps, int.MaxValue);

    private void Add(long size)
    {
        _last = size;
        _total = Math.Min(_total + size, int.MaxValue);
    }
}
