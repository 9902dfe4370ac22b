using System.Collections.Frozen;

namespace Approvals.Conditions.Syntax;

/// <summary>The words of the language that are no functions.</summary>
internal static class Words
{
    public const string Payload = "payload";
    public const string Actor = "actor";
    public const string Subject = "subject";
    public const string Now = "now";

    public static readonly string[] Inputs = [Payload, Actor, Subject, Now];

    public static readonly FrozenDictionary<string, LoopKind> Loops = new Dictionary<string, LoopKind>
    {
        ["exists"] = LoopKind.Exists,
        ["all"] = LoopKind.All,
        ["exists_one"] = LoopKind.ExistsOne,
        ["filter"] = LoopKind.Filter,
        ["map"] = LoopKind.Map,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string NameOf(LoopKind kind) => Loops.First(loop => loop.Value == kind).Key;

    /// <summary>CEL keeps these from being names (of inputs, variables and functions; members may have them).</summary>
    public static readonly FrozenSet<string> Reserved = new[]
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
        "return", "var", "void", "while",
    }.ToFrozenSet(StringComparer.Ordinal);
}
