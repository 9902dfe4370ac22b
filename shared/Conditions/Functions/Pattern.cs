using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Approvals.Conditions.Functions;

/// <summary>A pattern out of a payload: what it costs is known before it is compiled, which happens when it is first paid for.</summary>
public sealed class Pattern
{
    private readonly string _text;
    private readonly Lazy<Regex?> _regex;

    public Pattern(string text)
    {
        _text = text;
        if (Patterns.TrySize(text, out var size))
        {
            Size = size;
            _regex = new Lazy<Regex?>(() => Patterns.TryCompile(_text, out var regex, out _) ? regex : null);
        }
        else
        {
            _regex = new Lazy<Regex?>((Regex?)null);
        }
    }

    /// <summary>Null where it is refused at sight.</summary>
    public PatternSize? Size { get; }

    public int CompileSteps => Size?.CompileSteps(_text.Length) ?? Work.PatternSteps;

    /// <summary>False where the pattern is refused; why is found again by who wants to tell.</summary>
    public bool TryCompile([NotNullWhen(true)] out Regex? regex) => (regex = _regex.Value) is not null;
}
