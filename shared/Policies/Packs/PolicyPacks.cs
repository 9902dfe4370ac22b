using System.Collections.Immutable;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Policies.Packs;

/// <summary>Policies that ship with the product, ready to publish.</summary>
public static class PolicyPacks
{
    private static readonly string[] Areas = ["purchasing", "sales", "inventory", "pos", "accounting", "agents"];

    /// <summary>By area (purchasing, sales, inventory, pos, accounting, agents), then by key.</summary>
    public static ImmutableArray<PackedPolicy> All { get; } =
        [.. EmbeddedJson.In("Packs").Select(name => Read(EmbeddedJson.Read(name))).OrderBy(pack => Array.IndexOf(Areas, pack.Area))];

    public static PackedPolicy? Find(string key) => All.FirstOrDefault(pack => pack.Key == key);

    private static PackedPolicy Read(Value source)
    {
        var policy = Member(source, "policy");
        return new PackedPolicy(
            Member(source, "area").AsString(), Member(policy, "key").AsString(), Member(policy, "name").AsString(),
            Member(policy, "description").AsString(), policy, [.. Items(Member(source, "cases")).Select(Case)]);
    }

    private static PolicyCase Case(Value source) => new(
        Member(source, "name").AsString(), Member(source, "input"), Member(source, "gated").AsBool(),
        [.. Items(Member(source, "levels")).Select(level => level.AsString())]);

    private static Value[] Items(Value list) => list.Items.ToArray();

    private static Value Member(Value source, string name) =>
        source.TryGet(name, out var value) ? value : throw new InvalidDataException($"A policy pack has no '{name}'.");
}

/// <param name="Area">E.g. <c>purchasing</c>.</param>
/// <param name="Source">As <see cref="PolicyReader"/> reads it; names no tenant.</param>
/// <param name="Cases">Run by the tests, and brought along where the policy is taken over.</param>
public sealed record PackedPolicy(string Area, string Key, string Name, string Description, Value Source, ImmutableArray<PolicyCase> Cases)
{
    /// <summary>The policy as a tenant's own file would have it.</summary>
    public Value For(string tenant) => Value.Map([new("tenant", Value.From(tenant)), .. Source.Members]);

    /// <summary>The policy with its cases, as somebody starts to edit it.</summary>
    public Value WithCases() => Value.Map([.. Source.Members, new("cases", Value.List(ImmutableArray.CreateRange(Cases.Select(each => PolicyWriter.Write(each)))))]);
}
