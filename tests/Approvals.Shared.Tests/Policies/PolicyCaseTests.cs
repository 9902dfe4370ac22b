using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Policies;
using Approvals.Policies.Packs;
using Approvals.Policies.Simulation;
using Approvals.Tenants;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Policies;

public sealed class PolicyCaseTests
{
    private static readonly TenantSnapshot Tenant = new(World.Settings, new([]), new PolicySet([]), new([]));
    private static readonly Actor Author = new() { Id = "author", Name = "Author", Type = ActorType.Human };

    [Fact]
    public void Cases_are_kept_with_the_policy_and_read_back()
    {
        var policy = Read(PolicyPacks.Find("agents.spend")!.WithCases());

        Assert.Equal(PolicyPacks.Find("agents.spend")!.Cases.Select(each => each.Name), policy.Cases.Select(each => each.Name));
        Assert.Equal(PolicyWriter.Write(policy), PolicyWriter.Write(Read(PolicyWriter.Write(policy))));
    }

    [Fact]
    public void Every_case_of_a_pack_passes_for_the_pack()
    {
        var policy = Read(PolicyPacks.Find("agents.spend")!.WithCases());

        Assert.All(PolicyCases.Run(Tenant, policy, 0, Author, World.Now), result => Assert.True(result.Passed, result.Case.Name));
    }

    [Fact]
    public void A_case_fails_where_the_policy_gates_otherwise_or_asks_others()
    {
        var policy = Read(PolicyPacks.Find("agents.spend")!.WithCases());
        var gated = policy.Cases.First(each => each.Gated);
        policy = policy with { Cases = [gated with { Gated = false, Levels = [] }, gated with { Levels = ["Nobody"] }] };

        Assert.All(PolicyCases.Run(Tenant, policy, 0, Author, World.Now), result => Assert.False(result.Passed));
    }

    [Theory]
    [InlineData("""[{"input":{"payload":{}},"gated":true}]""", "/cases/0/name")]
    [InlineData("""[{"name":"x","gated":true}]""", "/cases/0/input")]
    [InlineData("""[{"name":"x","input":{"payload":1},"gated":true}]""", "/cases/0/input/payload")]
    [InlineData("""[{"name":"x","input":{"payload":{}},"gated":"yes"}]""", "/cases/0/gated")]
    public void A_wrong_case_is_refused_with_its_place(string cases, string pointer)
    {
        var source = Approvals.Values.JsonText.Parse($$"""{"key":"k","name":"n","actionTypes":["*"],"levels":[{"approvers":["role:x"]}],"cases":{{cases}}}""");

        Assert.False(PolicyReader.TryRead(source, World.Settings, out _, out var errors));
        Assert.Equal(pointer, Assert.Single(errors).Pointer);
    }

    private static Policy Read(Approvals.Values.Value source)
    {
        Assert.True(PolicyReader.TryRead(source, World.Settings, out var policy, out ImmutableArray<PolicyError> errors), string.Join("; ", errors));
        return policy!;
    }
}
