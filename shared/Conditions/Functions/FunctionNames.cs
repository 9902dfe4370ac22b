using System.Collections.Frozen;
using Approvals.Conditions.Checking;
using Approvals.Conditions.Syntax;

namespace Approvals.Conditions.Functions;

/// <summary>The names of functions and macros, and which of them was meant by another.</summary>
internal static class FunctionNames
{
    private static readonly FrozenSet<string> All = FunctionTable.All.Keys.Concat(Words.Loops.Keys).Append("has").ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string name) => All.Contains(name);

    /// <summary>How the function that was meant is written, or null.</summary>
    public static string? Written(string name)
    {
        var meant = Contains(name) ? name : FunctionTable.Foreign.GetValueOrDefault(name) ?? Spelling.Nearest(name, All);
        return meant is null ? null
            : meant == "has" ? "has(payload.name)"
            : Words.Loops.ContainsKey(meant) ? $"list.{meant}(item, …)"
            : Form(meant, FunctionTable.All[meant].Style);
    }

    public static string Form(string function, CallStyle style) => style.HasFlag(CallStyle.Global) ? $"{function}(…)" : $"value.{function}(…)";
}
