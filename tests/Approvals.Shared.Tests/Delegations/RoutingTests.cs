using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Tests.Directory;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Delegations;

/// <summary>To whom a level goes when people have delegated or are away.</summary>
public sealed class RoutingTests
{
    private static readonly System.Collections.Immutable.ImmutableArray<Person> Office = World.People(
        "rae: requester", "ana: finance ~bo", "bo: finance", "cleo: finance ~ana", "dan: x", "eve: x", "finn: x", "gus: x", "bot-7: x");

    /// <summary>Delegations as <c>from-to[/patterns]</c>, who is away, the references; the candidates, <c>person>routed to</c>.</summary>
    public static readonly TheoryData<string, string, string, string> Table = new()
    {
        { "", "", "user:ana", "ana" },
        { "ana-dan", "", "user:ana", "ana>dan" },
        { "ana-dan/purchasing.*", "", "user:ana", "ana>dan" },
        { "ana-dan/purchasing.order.place", "", "user:ana", "ana>dan" },
        { "ana-dan/sales.*", "", "user:ana", "ana" },
        { "ana-dan/sales.* ana-eve", "", "user:ana", "ana>eve" },
        { "ana-nobody", "", "user:ana", "ana" },
        { "ana-bot-7", "", "user:ana", "ana" },
        { "ana-rae", "", "user:ana", "ana" },

        // Chains end where somebody is there, never at the requester, never in a circle.
        { "ana-dan dan-eve", "", "user:ana", "ana>eve" },
        { "ana-dan dan-eve eve-finn finn-gus", "", "user:ana", "ana>gus" },
        { "ana-dan dan-eve eve-ana", "", "user:ana", "ana>eve" },
        { "ana-dan dan-ana", "", "user:ana user:dan", "ana dan" },
        { "ana-dan dan-rae", "", "user:ana", "ana>dan" },
        { "ana-dan dan-eve/sales.*", "", "user:ana", "ana>dan" },
        { "ana-dan", "dan", "user:ana", "ana" },
        { "ana-dan dan-eve", "dan", "user:ana", "ana>eve" },
        { "ana-dan dan-eve", "eve", "user:ana", "ana>dan" },

        // Away: the delegate, else the substitute, else passed over where others are left.
        { "", "ana", "user:ana", "ana>bo" },
        { "ana-dan", "ana", "user:ana", "ana>dan" },
        { "ana-dan", "ana dan", "user:ana", "ana>bo" },
        { "", "ana bo", "user:ana", "ana" },
        { "", "cleo ana", "user:cleo", "cleo>bo" },
        { "", "cleo ana bo", "user:cleo", "cleo" },
        { "", "dan", "user:dan user:eve", "eve" },
        { "", "dan", "user:dan", "dan" },
        { "", "dan eve", "user:dan user:eve", "dan eve" },
        { "", "dan", "user:dan user:rae", "dan rae" },
        { "dan-finn", "dan", "user:dan user:eve", "dan>finn eve" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_level_goes_to_who_is_there(string delegations, string away, string references, string candidates)
    {
        var tenant = World.Tenant(Office.Away(away.Split(' ')), Parse(delegations));

        Assert.Equal(candidates, LevelResolverTests.Shown(
            LevelResolverTests.Resolve(tenant, World.Snapshot(), LevelResolverTests.Level(references)).Groups[0]));
    }

    [Fact]
    public void A_quorum_is_not_made_unreachable_by_absence()
    {
        var tenant = World.Tenant(Office.Away("dan"));
        var level = Chains.Make.Level(Chains.Make.QuorumOf(2, "dan", "eve"));

        Assert.Equal("dan eve", LevelResolverTests.Shown(LevelResolverTests.Resolve(tenant, World.Snapshot(), level).Groups[0]));
    }

    [Fact]
    public void The_latest_delegation_goes_first()
    {
        var older = World.Lends("dan", "eve");
        var newer = World.Lends("dan", "finn") with { From = World.Now.AddHours(-1) };

        Assert.Equal("dan>finn", Route(older, newer));
        Assert.Equal("dan>eve", Route(older, newer with { EndedAt = World.Now.AddMinutes(-1) }));
        Assert.Equal("dan>eve", Route(older, newer with { PendingRequest = "r9" }));
        Assert.Equal("dan>eve", Route(older, newer with { From = World.Now.AddMinutes(1) }));
        Assert.Equal("dan", Route(older with { Until = World.Now }));
    }

    internal static Delegation[] Parse(string delegations) =>
        [.. delegations.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            var (pair, patterns) = text.Split('/') is [var both, var limited] ? (both, limited) : (text, "*");
            var dash = pair.IndexOf('-', StringComparison.Ordinal);
            return World.Lends(pair[..dash], pair[(dash + 1)..], patterns.Replace(',', ' '), text);
        })];

    private static string Route(params Delegation[] delegations) => LevelResolverTests.Shown(
        LevelResolverTests.Resolve(World.Tenant(Office, delegations), World.Snapshot(), LevelResolverTests.Level("user:dan")).Groups[0]);
}
