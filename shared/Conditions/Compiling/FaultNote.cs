using Approvals.Conditions.Checking;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>
/// A fault in the making: its text is only put together where the fault is the result, since <c>||</c> and <c>&amp;&amp;</c> drop most.
/// In the template <c>{0}</c> and <c>{1}</c> are the kinds of the values, <c>{a}</c> is the text of the first.
/// </summary>
internal readonly record struct FaultNote(Node? At, string Template, Value First, Value Second)
{
    private const int LongestShown = 60;

    public string Message => Template
        .Replace("{0}", StaticType.Name(First.Kind), StringComparison.Ordinal)
        .Replace("{1}", StaticType.Name(Second.Kind), StringComparison.Ordinal)
        .Replace("{a}", Shown(First), StringComparison.Ordinal);

    private static string Shown(Value value)
    {
        var text = value.Kind == ValueKind.String ? value.AsString() : value.ToString();
        return text.Length <= LongestShown ? text : text[..LongestShown] + "…";
    }
}
