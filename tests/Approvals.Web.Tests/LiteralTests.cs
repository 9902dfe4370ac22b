using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Approvals.Chains;
using Approvals.Copilot;

namespace Approvals.Web.Tests;

/// <summary>What a person reads comes from the resource file, so that a second one translates all of it: the compiled code holds no sentences.</summary>
public sealed partial class LiteralTests
{
    private static readonly string[] Read =
    [
        "Audit", "Chains", "Conditions", "Copilot", "Delegations", "Directory", "Gate", "Inbox", "Links", "Notifications", "Policies", "Reports", "Requests",
        "Tenants", "Tokens", "Types", "Values",
    ];

    /// <summary>
    /// For who runs or configures the service (the files of types and Teams, the signing key), for language models and their hosts, and what only a mistake
    /// of the service's own brings up (values and packs that are not what its code takes them for). In English, as the names of settings and members are.
    /// </summary>
    private static readonly string[] Unread =
    [
        "ApprovalTypes", "FieldSchemaReader", "TeamsFile", "EcdsaCheckpointSigner",
        "DraftSchema", "LanguageArgument", "McpReply", "McpServer", "ModelPrompt", "PolicyDrafter", "Rewording",
        "AuditFields", "BuiltInTypes", "CanonicalWriter", "MapValue", "NoLevels", "PolicyPacks", "Value",
    ];

    /// <summary>Names, faults, what the log gets, a key's name in the signed bytes, and the reasons that the trail keeps and pages translate.</summary>
    private static readonly string[] Kept =
    [
        "A history begins with the request.", "The request that has to be approved was neither started nor refused.",
        "This page is for signed-in readers.", "The page {Method} {Path} failed",
        "<label for=\"teams\">Microsoft Teams</label>", "<h2 id=\"json-title\">JSON</h2>", "<label for=\"json\">JSON</label>", "nobody to approve", "may act no more", "was changed since it was asked for", "No response in time", "auto-approved on timeout", "From the directory file, at the start.",
        "Must be before the end, by ", " days at most.", "Send one of: policy, condition, history, text.", "No language model is set up: send policy, condition or history.",
        "Must be a month such as 2026-03.", "ddd yyyy-MM-dd HH:mm",
    ];

    private const string JsonSchema = "{ \"type\"";

    /// <summary>Language models choose by it.</summary>
    private const string ToolDescription = "get_" + nameof(ICopilotTool.Description);

    [Fact]
    public void Messages_refusals_and_reports_hold_no_sentences()
    {
        var types = typeof(Chain).Assembly.GetTypes()
            .Where(type => Read.Contains(type.Namespace?.Split('.').ElementAtOrDefault(1)) && !Unread.Contains(Outermost(type).Name)
                && !typeof(JsonSerializerContext).IsAssignableFrom(Outermost(type)));
        Assert.Equal([], types.SelectMany(Literals).Where(found => Sentence().IsMatch(Tag().Replace(found.Text, "")) && !found.Text.StartsWith(JsonSchema, StringComparison.Ordinal) && !Kept.Contains(found.Text)));
    }

    [Fact]
    public void Pages_hold_no_words()
    {
        var types = typeof(Say).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Approvals.Web", StringComparison.Ordinal) is true);
        Assert.Equal([], types.SelectMany(Literals).Where(found => Words().IsMatch(found.Text) && !Kept.Contains(found.Text)));
    }

    [Fact]
    public void A_sentence_in_code_would_be_found() =>
        Assert.Contains(Literals(typeof(LiteralTests)), found => found.Text == "A history begins with the request.");

    private static IEnumerable<(string Type, string Text)> Literals(Type type)
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(all).Cast<MethodBase>().Concat(type.GetConstructors(all)).Where(method => method.Name != ToolDescription))
        {
            var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
            for (var at = 0; at + 4 < code.Length; at++)
            {
                // The token of a text has 0x70 as its highest byte.
                if (code[at] == OpCodes.Ldstr.Value && code[at + 4] == 0x70 && Text(type.Module, BitConverter.ToInt32(code, at + 1)) is { } text)
                {
                    yield return (Outermost(type).Name, text);
                }
            }
        }
    }

    /// <summary>Null where the bytes only look like a token.</summary>
    private static string? Text(Module module, int token)
    {
        try
        {
            return module.ResolveString(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex("<[^>]*(>|$)|^[^<>]*>")]
    private static partial Regex Tag();

    /// <summary>Two words; not a pattern of a time such as <c>dd HH:mm</c>.</summary>
    [GeneratedRegex(@"\p{L}{2,},? (?!HH)\p{L}{2,}")]
    private static partial Regex Sentence();

    /// <summary>A sentence's beginning, or a word after a tag.</summary>
    [GeneratedRegex(@"(^|>)\s*\p{Lu}[\p{Ll}’']+,? \p{Ll}{2,}|>\s*\p{L}{2,}")]
    private static partial Regex Words();
}
