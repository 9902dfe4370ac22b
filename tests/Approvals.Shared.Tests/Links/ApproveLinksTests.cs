using System.Security.Cryptography;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Links;
using Approvals.Requests;
using Approvals.Testing;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Shared.Tests.Links;

public sealed class ApproveLinksTests
{
    private static readonly Command.Decision Approve = new Command.Approve { By = Actor.System };
    private readonly ManualTime _time = new();
    private readonly MemoryEngine _engine;
    private readonly LinkTokens _tokens = new(new FixedKeys(SHA256.HashData("link"u8)));
    private readonly ApproveLinks _links;

    public ApproveLinksTests()
    {
        _engine = new MemoryEngine(_time, Contoso.Tenant(Contoso.AnaToDan));
        var decisions = new Decisions(
            new RequestCommands(_engine, _engine, _time), ApprovalTypes.BuiltIn, new DecisionInputs(new MemoryVault()), _time);
        _links = new ApproveLinks(_tokens, _engine, _engine, decisions, ApprovalTypes.BuiltIn, _time);
    }

    [Fact]
    public async Task Opening_changes_nothing_and_masks()
    {
        var token = await StartAsync(payload: """{"iban":"DE02","amount":5}""");
        for (var i = 0; i < 3; i++)
        {
            var view = await _links.OpenAsync(token, null, default);
            Assert.Equal(("ana", "Buy a desk", false), (view!.Approver.Id, view.Request.Snapshot.Title, view.SignInRequired));
            Assert.Equal("•••", view.Payload.At("iban")?.AsString());
        }

        Assert.Equal(1, (await Request()).State.Version);
    }

    [Theory]
    [InlineData("ana", null)]
    [InlineData("dan", "ana")]
    public async Task Deciding_works_once_as_the_person_asked(string person, string? onBehalfOf)
    {
        var token = await StartAsync(person);
        var first = await _links.DecideAsync(token, Approve, null, null, Origin.Internal, default);
        Assert.Equal(LinkOutcome.Decided, first.Outcome);
        Assert.Equal(2, first.Request!.State.CurrentLevel);
        var entry = _engine.Trail.Single(entry => entry.Action == "approved");
        Assert.Equal((person, onBehalfOf), (entry.ActorId, entry.OnBehalfOf));

        Assert.Null(await _links.OpenAsync(token, null, default));
        Assert.Same(LinkAnswer.Invalid, await _links.DecideAsync(token, Approve, null, null, Origin.Internal, default));
    }

    [Fact]
    public async Task A_rejection_needs_its_reason_and_asking_for_it_does_not_use_the_link_up()
    {
        var token = await StartAsync();
        var blank = await _links.DecideAsync(token, new Command.Reject(" ") { By = Actor.System }, null, null, Origin.Internal, default);
        Assert.Equal(LinkOutcome.ReasonRequired, blank.Outcome);
        var said = await _links.DecideAsync(token, new Command.Reject("No money") { By = Actor.System }, null, null, Origin.Internal, default);
        Assert.Equal(RequestStatus.Rejected, said.Request!.State.Status);
    }

    [Fact]
    public async Task Given_an_override_that_opens_the_level_again_when_the_link_is_used_again_then_it_is_used_up()
    {
        var token = await StartAsync();
        await _links.DecideAsync(token, new Command.Reject("No money") { By = Actor.System }, null, null, Origin.Internal, default);
        await _engine.SendAsync(
            new CommandEnvelope
            {
                Tenant = "contoso",
                RequestId = "r1",
                CommandId = "override",
                Command = new Command.Override("There is money") { By = new Actor { Id = "olga", Type = ActorType.Human, Name = "Olga", Roles = [Roles.Override] } },
            },
            default);
        Assert.Equal(RequestStatus.InReview, (await Request()).State.Status);
        Assert.Same(LinkAnswer.Invalid, await _links.DecideAsync(token, Approve, null, null, Origin.Internal, default));
        Assert.Equal(RequestStatus.InReview, (await Request()).State.Status);
    }

    [Fact]
    public async Task Expired_forged_foreign_or_overtaken_links_are_told_apart_by_nothing()
    {
        var token = await StartAsync();
        Assert.Null(await _links.OpenAsync(token[..^2] + "AA", null, default));
        Assert.Null(await _links.OpenAsync(Token("cleo"), null, default));
        Assert.Null(await _links.OpenAsync(Token("bot"), null, default));
        Assert.Null(await _links.OpenAsync(Token("ana", level: 2), null, default));
        Assert.Null(await _links.OpenAsync(Token("ana", snapshot: 2), null, default));
        Assert.Null(await _links.OpenAsync(Token("ana", request: "r2"), null, default));
        Assert.Null(await _links.OpenAsync(Token("ana", tenant: "fabrikam"), null, default));
        _time.Advance(TimeSpan.FromHours(48));
        Assert.Null(await _links.OpenAsync(token, null, default));
    }

    [Fact]
    public async Task A_delegates_link_is_good_as_long_as_the_delegation()
    {
        _engine.Tenant = Contoso.Tenant(Contoso.AnaToDan with { Until = _time.GetUtcNow().AddHours(1) });
        var token = await StartAsync("dan");
        Assert.NotNull(await _links.OpenAsync(token, null, default));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await _links.OpenAsync(token, null, default));
        Assert.NotNull(await _links.OpenAsync(Token("ana"), null, default));
    }

    [Fact]
    public async Task A_tenant_may_want_the_approver_signed_in()
    {
        var token = await StartAsync();
        _engine.Tenant = _engine.Tenant with { Settings = _engine.Tenant.Settings with { RequireSignInForLinks = true } };
        Assert.True((await _links.OpenAsync(token, null, default))!.SignInRequired);
        Assert.True((await _links.OpenAsync(token, _engine.Caller("cleo"), default))!.SignInRequired);
        Assert.Equal(LinkOutcome.SignInRequired, (await _links.DecideAsync(token, Approve, null, null, Origin.Internal, default)).Outcome);
        Assert.Equal(LinkOutcome.Decided, (await _links.DecideAsync(token, Approve, null, _engine.Caller("ana"), Origin.Internal, default)).Outcome);
    }

    [Fact]
    public async Task Input_of_the_type_is_asked_for()
    {
        var token = await StartAsync(type: "api_key_request", payload: """{"service":"s"}""");
        var without = await _links.DecideAsync(token, Approve, null, null, Origin.Internal, default);
        Assert.Equal((LinkOutcome.InputInvalid, "/apiKey"), (without.Outcome, without.InputFaults[0].Pointer));
        var with = await _links.DecideAsync(token, Approve, JsonText.Parse("""{"apiKey":"0123456789"}"""), null, Origin.Internal, default);
        Assert.Equal(LinkOutcome.Decided, with.Outcome);
    }

    private async Task<string> StartAsync(string approver = "ana", string type = "action", string payload = """{"amount":5}""")
    {
        await _engine.StartAsync(Contoso.Request("r1", _time.GetUtcNow(), type, payload), default);
        var path = new LinkIssuer(_tokens).PathOf((await Request()).State, 1, approver, "m1", _time.GetUtcNow());
        return path["/a/".Length..];
    }

    private string Token(string approver, int level = 1, int snapshot = 1, string request = "r1", string tenant = "contoso") => _tokens.Write(new ApproveLink
    {
        Tenant = tenant,
        RequestId = request,
        Level = level,
        Snapshot = snapshot,
        Approver = approver,
        ExpiresAt = _time.GetUtcNow().AddHours(1),
        Nonce = [.. new byte[ApproveLink.NonceSize]],
    });

    private async Task<StoredRequest> Request() => (await _engine.FindAsync("contoso", "r1", default))!;
}
