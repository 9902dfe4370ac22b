using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Directory;
using Approvals.Tenants;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Directory;

/// <summary>Which changes of people give whom authority.</summary>
public sealed class DirectoryAuthorityTests
{
    private static readonly TenantSnapshot Office = World.Tenant(World.People(
            "ana: finance ^cleo", "bo: approver @legal ~ana", "cleo: x ^boss", "boss: x", "tess: trusted", "boto: x", "rae: requester", "bot: approver", "adam: admin", "alma: admin",
            "dora: x", "dina: x ~dora"), World.Lends("dora", "adam"))
        .With(
            World.Policy("pay", "pay.*", null, 0, "role:finance", "group:legal", "user:vip"),
            World.Policy("auto", "auto.*", "!('trusted' in actor.roles) && actor.name != \"Tess\"", 0, "role:finance"));

    /// <summary>Who is changed (none: somebody new), what changes, who gains by it.</summary>
    public static readonly TheoryData<string, string, string> Changes = new()
    {
        { "rae", "name", "" },
        { "rae", "role requester", "" },
        { "rae", "role auditor", "" },
        { "rae", "role approver", "rae" },
        { "rae", "role approvals.override", "rae" },
        { "rae", "role admin", "rae" },
        { "rae", "role policy-admin", "rae" },
        { "rae", "role finance", "rae" },
        { "rae", "group legal", "rae" },
        { "rae", "group sales", "" },
        { "rae", "manager boss", "boss" },
        { "rae", "email x@x.test", "" },
        { "rae", "substitute boss", "" },
        { "rae", "substitute adam", "adam" },
        { "rae", "substitute dora", "dora" },
        { "rae", "substitute dina", "dina" },
        { "rae", "department sales", "" },
        { "ana", "email x@x.test", "ana" },
        { "ana", "substitute boss", "boss" },
        { "ana", "manager boss", "boss" },
        { "ana", "manager", "ana" },
        { "rae", "role trusted", "rae" },
        { "bot", "role trusted", "bot" },
        { "tess", "none", "tess" },
        { "rae", "name Tess", "rae" },
        { "new", "role trusted", "new" },
        { "boto", "human", "boto" },
        { "bo", "away", "ana" },
        { "bo", "inactive", "" },
        { "bot", "human", "bot" },
        { "cleo", "agent", "cleo" },
        { "rae", "agent", "" },
        { "alma", "none", "alma" },
        { "ana", "none", "ana" },
        { "bo", "none", "" },
        { "alma", "inactive", "" },
        { "alma", "inactive none", "alma" },
        { "alma", "inactive agent", "alma" },
        { "adam", "email x@x.test", "" },
        { "rae", "key", "rae" },
        { "ana", "key", "ana" },
        { "bo", "key", "bo" },
        { "new", "key", "" },
        { "new", "name", "" },
        { "new", "role approver", "new" },
        { "new", "substitute boss", "" },
        { "new", "substitute adam", "adam" },
        { "new", "manager boss", "" },
        { "new", "manager adam", "adam" },
        { "vip", "name", "vip" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Gainers_areThoseWhoMayDecideMoreThanBefore(string id, string change, string gainers)
    {
        var before = Office.Directory.Find(id);
        var after = Changed(before ?? new Person { Id = id, Name = id }, change.Split(' '));
        Assert.Equal(gainers, string.Join(' ', DirectoryAuthority.Gainers(Office, before, after, "adam", World.Now)));
    }

    [Fact]
    public void A_person_who_comes_back_gains_all_that_they_had()
    {
        var away = Office.Directory.Find("ana")! with { Inactive = true };
        Assert.Equal(["ana"], DirectoryAuthority.Gainers(Office, away, away with { Inactive = false }, "adam", World.Now).ToArray());
    }

    [Theory]
    [InlineData("rae", "manager boss")]
    [InlineData("rae", "role finance")]
    [InlineData("ana", "manager")]
    [InlineData("bo", "email x@x.test")]
    [InlineData("alma", "none")]
    public void What_changes_while_somebody_may_not_act_counts_at_once(string id, string change)
    {
        var person = Office.Directory.Find(id)!;
        var left = person with { Inactive = true, LeftAt = World.Now, LeftBy = "adam" };
        var after = Changed(left, change.Split(' '));
        Assert.NotEmpty(DirectoryAuthority.Gainers(Office, person, after, "adam", World.Now));
        Assert.NotEmpty(DirectoryAuthority.Gainers(Office, left, after, "adam", World.Now));
        Assert.Empty(DirectoryAuthority.Gainers(Office, person, left, "adam", World.Now));
    }

    [Fact]
    public void Whoever_is_needed_beside_an_administrator_is_not_away_by_their_word_alone()
    {
        var both = World.Policy("both", "both.*", null, 0, "user:adam", "group:legal");
        var tenant = Office.With(both with { Levels = [.. both.Levels.Select(level => level with { Groups = [.. level.Groups.Select(group => group with { Strategy = Strategy.All })] })] });
        var bo = tenant.Directory.Find("bo")! with { Substitute = null };
        Assert.Equal(["adam"], DirectoryAuthority.Gainers(tenant, bo, bo.Away(), "adam", World.Now).ToArray());
        Assert.Empty(DirectoryAuthority.Gainers(tenant, bo, bo.Away(), "alma", World.Now));
        Assert.Empty(DirectoryAuthority.Gainers(tenant, bo.Away(), bo.Away(), "adam", World.Now));
    }

    [Fact]
    public void Nobody_becomes_the_only_administrator_by_removing_the_others()
    {
        Assert.False(DirectoryAuthority.IsOnly(Office, "adam", World.Now));
        var removed = World.Tenant(Office.Directory.People.Select(person => person.Id == "alma" ? person.Gone("adam", World.Now) : person));
        Assert.False(DirectoryAuthority.IsOnly(removed, "adam", World.Now.AddDays(29)));
        Assert.True(DirectoryAuthority.IsOnly(removed, "adam", World.Now.AddDays(31)));

        var left = removed.Directory.Find("alma")!;
        Assert.Equal(["alma"], DirectoryAuthority.Gainers(removed, left, left with { Roles = [] }, "adam", World.Now.AddDays(1)).ToArray());
    }

    [Theory]
    [InlineData(true, false, "rae")]
    [InlineData(true, true, "")]
    [InlineData(false, false, "")]
    public void An_address_is_a_key_where_the_first_sign_in_under_it_binds(bool byUsername, bool isLinked, string gainers)
    {
        var office = Office with { Settings = Office.Settings with { LinkByUsername = byUsername } };
        var before = Office.Directory.Find("rae")! with { Linked = isLinked ? "contoso/rae" : null };
        Assert.Equal(gainers, string.Join(' ', DirectoryAuthority.Gainers(office, before, before with { Email = "adam@contoso.test" }, "adam", World.Now)));
    }

    [Fact]
    public void A_person_with_another_key_is_another_version()
    {
        var before = Office.Directory.Find("ana")!;
        var after = before with { Subjects = ["contoso/adam"] };
        Assert.NotEqual(before, after);
        Assert.Equal(after, before with { Subjects = ["contoso/adam"] });
        Assert.Equal(before.Version + 1, after.Since(before, "adam", World.Now).Version);
        var details = PersonRecord.Entry("contoso", before, after, Actor.System, Origin.Internal, World.Now).Details.ToDictionary();
        Assert.Equal(("""{"subjects":[]}""", """{"subjects":["contoso/adam"]}"""), (details["before"].ToString(), details["after"].ToString()));
    }

    private static Person Changed(Person person, string[] change) => change switch
    {
        ["name", var name] => person with { Name = name },
        ["name"] => person with { Name = "Another" },
        ["none"] => person with { Roles = [] },
        ["role", var role] => person with { Roles = person.Roles.Add(role) },
        ["group", var group] => person with { Groups = person.Groups.Add(group) },
        ["manager", var manager] => person with { Manager = manager },
        ["manager"] => person with { Manager = null },
        ["email", var email] => person with { Email = email },
        ["substitute", var substitute] => person with { Substitute = substitute },
        ["department", var department] => person with { Department = department },
        ["away"] => person.Away(),
        ["inactive", .. var rest] => (rest is [] ? person : Changed(person, rest)) with { Inactive = true, LeftBy = "adam", LeftAt = World.Now },
        ["agent"] => person with { Kind = ActorType.Agent },
        ["key"] => person with { Subjects = ["contoso/somebody"] },
        ["human"] => person with { Kind = ActorType.Human },
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
