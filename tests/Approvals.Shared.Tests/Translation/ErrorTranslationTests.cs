using System.Text;
using System.Text.RegularExpressions;
using Approvals.Conditions;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Shared.Tests.Conditions;
using Approvals.Shared.Tests.Values;
using Approvals.Tests.Directory;
using Approvals.Tests.Policies;
using Approvals.Tests.Tenants;
using Approvals.Values;

namespace Approvals.Shared.Tests.Translation;

/// <summary>What authors of conditions, policies, directories and JSON are told, in the made-up language.</summary>
public sealed partial class ErrorTranslationTests
{
    /// <summary>Words of the languages themselves: types, inputs and functions of conditions, members and values of documents, units.</summary>
    private static readonly HashSet<string> OfTheLanguages = new(
        [
            "any", "null", "bool", "int", "double", "string", "list", "map", "timestamp", "duration", "payload", "actor", "subject", "now", "id", "type", "name",
            "roles", "assurance", "actingFor", "interactive", "passkey", "value", "all", "first", "quorum", "veto", "whenUnreachable", "escalate", "expire", "reject",
            "autoApprove", "fallback", "allow", "human", "agent", "system", "d", "none", "username",
        ],
        StringComparer.Ordinal);

    /// <summary>Beginnings of the names of texts that errors are made of.</summary>
    private static readonly string[] OfErrors = ["Condition", "Evaluation", "Json", "Kind", "Pattern", "Read", "Suggest", "Wrong"];

    /// <summary>Labels of pages, and what they put an error into.</summary>
    private static readonly string[] OfPages = ["Condition", "ConditionReads", "JsonWrong"];

    private static readonly string[] TooLarge =
    [
        new string(' ', Condition.MaxLength + 1), new string('(', 100) + "true" + new string(')', 100), string.Concat(Enumerable.Repeat("1+", 500)) + "1 == 1",
        string.Concat(Enumerable.Repeat("[1].exists(x, ", 7)) + "true" + new string(')', 7),
    ];

    private static readonly ConditionInput Large = new() { Payload = Value.Map(("long", Value.From(new string('a', 100_000)))), Now = default, MaxSteps = 10 };

    [Fact]
    public async Task Errors_are_translated()
    {
        var (told, asked) = await MadeUp.SpeakAsync(() => Task.FromResult(Everything().ToArray()));
        Assert.True(told.Length > 300);
        Assert.Empty(told.SelectMany(Untranslated).Distinct());

        // None is forgotten above, and none is in the resource file in vain.
        var names = MadeUp.AllNames().Where(name => OfErrors.Any(begin => name.StartsWith(begin, StringComparison.Ordinal)));
        Assert.Empty(names.Except(asked).Except(OfPages));
    }

    private static IEnumerable<(string Source, string Told)> Everything() => [.. Conditions(), .. Faults(), .. Gate(), .. Json(), .. Policies(), .. Directories()];

    private static IEnumerable<(string Source, string Told)> Conditions()
    {
        var patterns = PatternTests.Refused.Cast<object[]>().Select(row => ((string)row[0]).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal));
        foreach (var text in CompileErrorTests.Table.Select(row => (string)row[0]).Concat(patterns.Select(pattern => $"payload.x.matches('{pattern}')")).Concat(TooLarge))
        {
            Assert.False(Condition.TryCompile(text, out _, out var errors));
            foreach (var error in errors)
            {
                yield return (text, $"{error.Message} {error.Suggestion}");
            }
        }
    }

    private static IEnumerable<(string Source, string Told)> Faults() =>
        from each in FaultTests.Table.Select(row => ((string)row[0], SemanticsTests.Input)).Append(("payload.long.matches('a')", Large)).Append(("payload.long.contains('b')", Large))
        select (each.Item1, SemanticsTests.Compile(each.Item1).Evaluate(each.Item2).Fault!.Message);

    /// <summary>What the trail gets of a condition that fails, and of one that the language no longer takes.</summary>
    private static IEnumerable<(string Source, string Told)> Gate() =>
        from text in (string[])["payload.missing", "payload.a ="]
        let tenant = World.Tenant([]).With(World.Policy("key", "a.b", text))
        select ($"key {text}", GateRules.Evaluate(tenant, World.Check("a.b", "{}"), World.Now).Fault!);

    private static IEnumerable<(string Source, string Told)> Json()
    {
        foreach (var text in JsonParserTests.Explained.Select(row => (string)row[0]))
        {
            Assert.False(JsonText.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error));
            yield return (text, error.Message);
        }
        var small = new JsonLimits { MaxBytes = 20, MaxDepth = 1, MaxMembers = 1, MaxStringLength = 1 };
        foreach (var bytes in (byte[][])[[.. "[1,2]"u8], [.. """{"a":1,"b":2}"""u8], [.. "[[]]"u8], [.. "[\"abc\"]"u8], new byte[21], [0xFF]])
        {
            Assert.False(JsonText.TryParse(bytes, small, out _, out var error));
            yield return ("", error.Message);
        }
    }

    private static IEnumerable<(string Source, string Told)> Policies()
    {
        foreach (var policy in PolicyErrorTests.Wrong())
        {
            Assert.False(PolicyReader.TryRead(policy, World.Settings, out _, out var errors));
            foreach (var error in errors)
            {
                yield return (policy.ToString(), error.Text);
            }
        }
    }

    private static IEnumerable<(string Source, string Told)> Directories()
    {
        foreach (var text in DirectoryReaderTests.Tenants.Select(row => $$"""{"tenants":[{{row[0]}}]}""").Append("""{"tenants":[{"id":"a"},{"id":"a"}]}""").Append("[]"))
        {
            Assert.False(DirectoryReader.TryRead(World.Json(text), out _, out var errors));
            foreach (var error in errors)
            {
                yield return (text, error.Text);
            }
        }
    }

    private static IEnumerable<string> Untranslated((string Source, string Told) error)
    {
        var known = Latin().Matches(error.Source).Select(word => word.Value).ToHashSet(StringComparer.Ordinal);
        return from word in Latin().Matches(Quoted().Replace(error.Told, "")).Select(word => word.Value)
               where !known.Contains(word) && !OfTheLanguages.Contains(word)
               select $"{word}: {error.Told}";
    }

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Latin();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();
}
