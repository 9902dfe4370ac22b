using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Directory;
using Approvals.Functions.Graph;
using Approvals.Testing;
using Azure.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Approvals.Functions.Tests.Graph;

public sealed class GraphPeopleTests : IDisposable
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private readonly FakeGraph _graph = new();
    private readonly ManualTime _time = new();
    private readonly HttpClient _http;

    public GraphPeopleTests()
    {
        _http = new HttpClient(_graph);
        _graph.Pages["users?"] = $$"""
            {"@odata.nextLink":"{{FakeGraph.Root}}users-2","value":[
              {"id":"u-ana","displayName":"Ana Alves","mail":"ana@contoso.test","department":"Finance","manager":{"@odata.type":"#microsoft.graph.user","id":"u-cleo"} } ] }
            """;
        _graph.Pages["users-2"] = """{"value":[{"id":"u-cleo","displayName":"Cleo","mail":null,"department":null}]}""";
        _graph.Pages["directory/deletedItems/microsoft.graph.user"] = """{"value":[]}""";
        _graph.Pages["groups?"] = """{"value":[{"id":"g-fin","displayName":"finance"},{"id":"g-all","displayName":"Everybody"}]}""";
        _graph.Pages["groups/g-fin/transitiveMembers"] = """{"value":[{"id":"u-ana"},{"id":"u-somebody-disabled"}]}""";
        _graph.Pages["groups/g-all/transitiveMembers"] = """{"value":[{"id":"u-ana"},{"id":"u-cleo"}]}""";
        _graph.Pages["servicePrincipals(appId='app')"] =
            """{"id":"sp","appRoles":[{"id":"R1","value":"approver"},{"id":"r2","value":"admin"},{"id":"r3","value":"requester"}]}""";
        _graph.Pages["servicePrincipals/sp/appRoleAssignedTo"] = """
            {"value":[
              {"principalId":"g-fin","principalType":"Group","appRoleId":"r1"},
              {"principalId":"u-ana","principalType":"User","appRoleId":"r1"},
              {"principalId":"u-cleo","principalType":"User","appRoleId":"r2"},
              {"principalId":"u-cleo","principalType":"User","appRoleId":"00000000-0000-0000-0000-000000000000"},
              {"principalId":"u-somebody-disabled","principalType":"User","appRoleId":"r2"},
              {"principalId":"s-bot","principalType":"ServicePrincipal","principalDisplayName":"Purchasing agent","appRoleId":"r3"}]}
            """;
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Read_makesPeopleWithManagersGroupsAndRoles()
    {
        var people = (await Source().ReadAsync(Tenant.ToUpperInvariant(), default))!.Value;

        Assert.Equal(["s-bot", "u-ana", "u-cleo"], people.Select(person => person.Id));
        var (bot, ana, cleo) = (people[0], people[1], people[2]);
        Assert.Equal((ActorType.Agent, "Purchasing agent"), (bot.Kind, bot.Name));
        Assert.Equal(["requester"], bot.Roles.ToArray());
        Assert.Equal(("Ana Alves", "ana@contoso.test", "Finance", "u-cleo"), (ana.Name, ana.Email, ana.Department, ana.Manager));
        Assert.Equal(["g-fin", "finance", "g-all", "Everybody"], ana.Groups.ToArray());
        Assert.Equal(["approver"], ana.Roles.ToArray());
        Assert.Equal(((string?)null, (string?)null), (cleo.Email, cleo.Manager));
        Assert.Equal(["admin"], cleo.Roles.ToArray());
    }

    [Fact]
    public async Task Read_ofNamedGroups_asksForTheirMembersAlone()
    {
        foreach (var named in new[] { "finance", "g-fin" })
        {
            var people = (await Source(groups: [named]).ReadAsync(Tenant, default))!.Value;

            Assert.Equal(["g-fin", "finance"], people.Single(person => person.Id == "u-ana").Groups.ToArray());
            Assert.DoesNotContain(_graph.Asked, path => path.StartsWith("groups/g-all", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Read_ofGroupsOfOneName_matchesThemByObjectIdAlone()
    {
        _graph.Pages["groups?"] = """{"value":[{"id":"g-fin","displayName":"finance"},{"id":"g-false","displayName":"Finance"},{"id":"g-all","displayName":"g-fin"}]}""";
        _graph.Pages["groups/g-false/transitiveMembers"] = """{"value":[{"id":"u-cleo"}]}""";

        var people = (await Source().ReadAsync(Tenant, default))!.Value.ToDictionary(person => person.Id, person => person.Groups.ToArray());

        Assert.Equal(["g-fin", "g-all"], people["u-ana"]);
        Assert.Equal(["g-false", "g-all"], people["u-cleo"]);
        Assert.Empty((await Source(groups: ["finance"]).ReadAsync(Tenant, default))!.Value.Single(person => person.Id == "u-ana").Groups);
    }

    [Fact]
    public async Task Read_ofDisabledAndDeletedUsers_makesPeopleWhoMayDoNothing()
    {
        _graph.Pages["users-2"] = """{"value":[{"id":"u-cleo","displayName":"Cleo","accountEnabled":false}]}""";
        _graph.Pages["directory/deletedItems/microsoft.graph.user"] = """{"value":[{"id":"u-dan","displayName":"Dan"}]}""";

        var people = new DirectorySnapshot((await Source().ReadAsync(Tenant, default))!.Value);

        Assert.Equal((true, false, false), (people.Find("u-ana")!.MayAct, people.Find("u-cleo")!.MayAct, people.Find("u-dan")!.MayAct));
        Assert.Equal((null, false), (people.Named("u-dan"), people.Find("u-dan") is null));
        Assert.Empty(people.InRole("admin"));
    }

    [Fact]
    public async Task Read_ofAnotherTenant_isNotOurs()
    {
        Assert.Null(await Source().ReadAsync("contoso", default));
        Assert.Empty(_graph.Asked);
    }

    [Fact]
    public async Task Read_whereGraphIsBusy_waitsAsLongAsItAsks()
    {
        _graph.Busy = 1;
        var reading = Source().ReadAsync(Tenant, default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, (await reading)!.Value.Length);
    }

    [Fact]
    public async Task Read_again_isTheSameUntilSomethingChanged()
    {
        using var source = Source();
        var first = (await source.ReadAsync(Tenant, default))!.Value;
        var asked = _graph.Asked.Count;
        Assert.True(first == (await source.ReadAsync(Tenant, default))!.Value);
        Assert.Equal(asked, _graph.Asked.Count);

        _time.Advance(TimeSpan.FromMinutes(15));
        await RefreshAsync(source);
        Assert.True(_graph.Asked.Count > asked);
        Assert.True(first == (await source.ReadAsync(Tenant, default))!.Value);

        _graph.Pages["users-2"] = """{"value":[{"id":"u-cleo","displayName":"Cleo","department":"Board"}]}""";
        _time.Advance(TimeSpan.FromMinutes(15));
        await RefreshAsync(source);
        Assert.Equal("Board", (await source.ReadAsync(Tenant, default))!.Value.Single(person => person.Id == "u-cleo").Department);
    }

    [Fact]
    public async Task Read_whileItIsReadAnew_answersAtOnceWithTheOld()
    {
        using var source = Source();
        var first = (await source.ReadAsync(Tenant, default))!.Value;
        var gate = new TaskCompletionSource();
        _graph.Gate = gate.Task;
        _time.Advance(TimeSpan.FromMinutes(15));

        var reading = source.ReadAsync(Tenant, default).AsTask();

        Assert.True(reading.IsCompletedSuccessfully);
        Assert.True(first == (await reading)!.Value);
        gate.SetResult();
        await source.Refreshing;
    }

    [Fact]
    public async Task Read_whereGraphFails_keepsWhatWasRead_andIsRefusedWhereNothingWas()
    {
        using var source = Source();
        var first = (await source.ReadAsync(Tenant, default))!.Value;
        _graph.IsDown = true;
        _time.Advance(TimeSpan.FromMinutes(15));
        await RefreshAsync(source);

        Assert.True(first == (await source.ReadAsync(Tenant, default))!.Value);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await Source().ReadAsync(Tenant, default));
    }

    private static async Task RefreshAsync(GraphPeople source)
    {
        await source.ReadAsync(Tenant, default);
        await source.Refreshing;
    }

    private GraphPeople Source(ImmutableArray<string>? groups = null)
    {
        var settings = new GraphSettings(Tenant, "app", groups ?? [], TimeSpan.FromMinutes(15));
        var credential = new Mock<TokenCredential>();
        credential.Setup(c => c.GetTokenAsync(It.IsAny<TokenRequestContext>(), It.IsAny<CancellationToken>()))
            .Returns(new ValueTask<AccessToken>(new AccessToken("graph-token", DateTimeOffset.MaxValue)));
        return new GraphPeople(
            new GraphDirectory(new GraphApi(_http, credential.Object, _time), settings), settings, _time, NullLogger<GraphPeople>.Instance);
    }
}
