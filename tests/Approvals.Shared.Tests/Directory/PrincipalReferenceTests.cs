using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Directory;
using Approvals.Requests;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Directory;

/// <summary>Whom references mean where an agent asks on a person's behalf.</summary>
public sealed class PrincipalReferenceTests
{
    private static readonly Actor ForRita = Chains.Make.Agent("bot-7") with { ActingFor = new NamedPerson("rita", "Rita") };

    [Theory]
    [InlineData("principal", "rita")]
    [InlineData("manager:requester", "cleo")]
    [InlineData("manager^2:requester", "max")]
    public void The_person_behind_the_agent_is_meant(string reference, string expected) => Assert.Equal(expected, Assert.Single(People(ForRita, reference)));

    [Theory]
    [InlineData("principal")]
    [InlineData("user:principal")]
    public void Without_one_there_is_nobody(string reference) => Assert.Empty(People(Chains.Make.Agent("bot-7"), reference));

    [Theory]
    [InlineData("principal")]
    public void It_is_written_as_it_is_read(string reference)
    {
        Assert.True(ApproverReference.TryParse(reference, out var parsed));
        Assert.Equal((ReferenceKind.Principal, reference), (parsed.Kind, parsed.ToString()));
    }

    [Theory]
    [InlineData("principal:")]
    [InlineData(":principal")]
    [InlineData("Principal")]
    [InlineData("principal:requester")]
    public void Nothing_else_is(string reference) => Assert.False(ApproverReference.TryParse(reference, out _));

    private static ImmutableArray<string> People(Actor requester, string reference)
    {
        var tenant = World.Tenant(World.People("rita: ^cleo", "cleo: ^max", "max:", "bot-7: ^zoe", "zoe:"));
        return Involved.People(tenant, World.Snapshot() with { Requester = requester }, [reference]);
    }
}
