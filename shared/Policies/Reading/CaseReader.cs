using System.Collections.Immutable;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Policies.Reading;

/// <summary>Reads the <c>cases</c> of a policy: <c>[{name, input: {actionType?, actor?, subject?, payload}, gated, levels?}]</c>.</summary>
internal static class CaseReader
{
    private const int MaxCases = 100;
    private static readonly string[] Members = ["name", "input", "gated", "levels"];
    private static readonly string[] InputMembers = ["actionType", "actor", "subject", "payload"];

    public static ImmutableArray<PolicyCase> Read(ObjectReader policy, ReadErrors errors)
    {
        var cases = ImmutableArray.CreateBuilder<PolicyCase>();
        foreach (var (item, pointer) in policy.List("cases", MaxCases))
        {
            if (ObjectReader.TryOpen(item, pointer, Named.Part(static () => Texts.ReadingCase), errors, Members, out var reader))
            {
                cases.Add(new PolicyCase(
                    reader.Line("name", PolicyReader.MaxNameLength, required: true) ?? "", Input(reader, errors), reader.Flag("gated"),
                    reader.Texts("levels", LevelReader.MaxLevels, LevelReader.MaxNameLength)));
            }
        }
        return cases.ToImmutable();
    }

    private static Value Input(ObjectReader reader, ReadErrors errors)
    {
        if (!reader.TryGet("input", out var source))
        {
            reader.Error("input", ReadFaults.Required("input"));
            return Value.Map();
        }
        if (ObjectReader.TryOpen(source, reader.At("input"), Named.Part(static () => Texts.ReadingInput), errors, InputMembers, out var input)
            && (!input.TryGet("payload", out var payload) || payload.Kind != ValueKind.Map))
        {
            input.Error("payload", ReadFaults.ObjectWanted("payload"));
        }
        return source;
    }
}
