using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Delegations;

/// <summary>For whom a person may act.</summary>
public sealed class AuthorityTests
{
    private static readonly System.Collections.Immutable.ImmutableArray<Person> Office = World.People(
        "a: x", "b: x", "c: x", "d: x", "e: x", "f: x", "g: x", "s: x ~b", "bot-7: x");

    /// <summary>Delegations, who is away, the person, those they act for (nearest first).</summary>
    public static readonly TheoryData<string, string, string, string> Table = new()
    {
        { "", "", "b", "" },
        { "a-b", "", "b", "a" },
        { "a-b", "", "a", "" },
        { "a-b b-c", "", "c", "b a" },
        { "a-c b-c d-b", "", "c", "a b d" },
        { "a-b b-a", "", "a", "b" },
        { "a-b b-c c-a", "", "a", "c b" },
        { "a-b b-c c-d d-e e-f f-g", "", "g", "f e d c b" },
        { "a-b/sales.*", "", "b", "" },
        { "a-b/purchasing.* b-c/purchasing.order.*", "", "c", "b a" },
        { "a-b/sales.* b-c", "", "c", "b" },
        { "a-nobody nobody-b", "", "b", "" },
        { "a-bot-7 bot-7-b", "", "b", "" },
        { "a-bot-7", "", "bot-7", "" },
        { "a-nobody", "", "nobody", "" },
        { "", "s", "b", "s" },
        { "", "", "s", "" },
        { "a-s", "s", "b", "s a" },
        { "s-c", "s", "b", "s" },
        { "a-b", "b", "b", "a" },
    };

    /// <summary>Delegations, who is away, the person, their authorities.</summary>
    public static readonly TheoryData<string, string, string, string> Inboxes = new()
    {
        { "", "", "b", "b:*" },
        { "a-b", "", "b", "b:* a:*" },
        { "a-b/sales.*,pos.*", "", "b", "b:* a:sales.*,pos.*" },
        { "a-b/sales.* b-c/sales.refund.*,hr.*", "", "c", "c:* b:sales.refund.*,hr.* a:sales.refund.*" },
        { "a-b/sales.* b-c/hr.*", "", "c", "c:* b:hr.*" },
        { "a-c/sales.* a-b b-c/pos.*", "", "c", "c:* a:sales.*,pos.* b:pos.*" },
        { "a-c/sales.* a-b b-c", "", "c", "c:* b:* a:*" },
        { "a-b b-a", "", "a", "a:* b:*" },
        { "", "s", "b", "b:* s:*" },
        { "a-bot-7", "", "bot-7", "bot-7:*" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Authority_is_lent_on(string delegations, string away, string person, string actsFor)
    {
        var tenant = World.Tenant(Office.Away(away.Split(' ')), RoutingTests.Parse(delegations));

        Assert.Equal(actsFor, string.Join(' ', Authority.ActsFor(tenant, person, "purchasing.order.place", World.Now)));
    }

    [Theory]
    [MemberData(nameof(Inboxes))]
    public void An_inbox_has_the_authorities_with_what_was_lent(string delegations, string away, string person, string expected)
    {
        var tenant = World.Tenant(Office.Away(away.Split(' ')), RoutingTests.Parse(delegations));
        var authorities = Authority.InboxAuthorities(tenant, person, World.Now);

        Assert.Equal(
            expected.Split(' ').Order(StringComparer.Ordinal),
            authorities.Select(authority => $"{authority.Person}:{string.Join(',', authority.ActionTypes)}").Order(StringComparer.Ordinal));
        Assert.Equal(person, authorities[0].Person);
    }

    [Fact]
    public void Authority_begins_and_ends_by_itself()
    {
        var tenant = World.Tenant(Office, World.Lends("a", "b"));
        var lent = tenant.Delegations.All[0];

        Assert.Empty(Authority.ActsFor(tenant, "b", "x", lent.From.AddTicks(-1)));
        Assert.Equal<string>(["a"], Authority.ActsFor(tenant, "b", "x", lent.From));
        Assert.Equal<string>(["a"], Authority.ActsFor(tenant, "b", "x", lent.Until.AddTicks(-1)));
        Assert.Empty(Authority.ActsFor(tenant, "b", "x", lent.Until));
    }
}
