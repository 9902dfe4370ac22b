using System.Collections.Immutable;
using System.Security.Cryptography;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Links;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;
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
        _engine = new MemoryEngine(_time, WithoutSignIn(Contoso.Tenant(Contoso.AnaToDan)));
        var decisions = new Decisions(
            new RequestCommands(_engine, _engine, ApprovalTypes.BuiltIn, _time), ApprovalTypes.BuiltIn, new DecisionInputs(new MemoryVault()), _time);
        _links = new ApproveLinks(_tokens, _engine, _engine, decisions, ApprovalTypes.BuiltIn, _time);
    }

    [Fact]
    public async Task Opening_changes_nothing_and_masks()
    {
        var token = await StartAsync(payload: """{"iban":"DE02","amount":5}""");
        for (var i = 0; i < 3; i++)
        {
            var view = await _links.OpenAsync(token, null, default);
            Assert.Equal(("ana", "Buy a desk", LinkAccess.Granted), (view!.Approver.Id, view.Request.Snapshot.Title, view.Access));
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
        _engine.Tenant = WithoutSignIn(Contoso.Tenant(Contoso.AnaToDan with { Until = _time.GetUtcNow().AddHours(1) }));
        var token = await StartAsync("dan");
        Assert.NotNull(await _links.OpenAsync(token, null, default));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await _links.OpenAsync(token, null, default));
        Assert.NotNull(await _links.OpenAsync(Token("ana"), null, default));
    }

    /// <summary>Whoever has signed in, whether the tenant wants that, and what becomes of it.</summary>
    public static TheoryData<string?, bool, LinkAccess, LinkOutcome> Readers
    {
        get
        {
            var rows = new TheoryData<string?, bool, LinkAccess, LinkOutcome>
            {
                { null, true, LinkAccess.SignInRequired, LinkOutcome.SignInRequired },
                { null, false, LinkAccess.Granted, LinkOutcome.Decided },
            };
            foreach (var wanted in new[] { true, false })
            {
                rows.Add("ana", wanted, LinkAccess.Granted, LinkOutcome.Decided);
                // Her delegate, a stranger, the requester, an agent, an agent that has her name, and somebody of her name elsewhere.
                foreach (var other in new[] { "dan", "cleo", "rita", "bot", "agent:ana", "fabrikam/ana" })
                {
                    rows.Add(other, wanted, LinkAccess.SomebodyElse, LinkOutcome.SomebodyElse);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Only_the_named_person_answers_and_nobody_else_uses_the_link_up(string? reader, bool wanted, LinkAccess access, LinkOutcome outcome)
    {
        _engine.Tenant = _engine.Tenant with { Settings = _engine.Tenant.Settings with { RequireSignInForLinks = wanted } };
        var token = await StartAsync();
        var signedIn = reader is null ? null : Reader(reader);

        Assert.Equal(access, (await _links.OpenAsync(token, signedIn, default))!.Access);
        var answer = await _links.DecideAsync(token, Approve, null, signedIn, Origin.Internal, default);

        Assert.Equal((outcome, outcome == LinkOutcome.Decided ? 2 : 1), (answer.Outcome, (await Request()).State.CurrentLevel));
        if (outcome != LinkOutcome.Decided)
        {
            Assert.Equal(LinkOutcome.Decided, (await _links.DecideAsync(token, Approve, null, _engine.Caller("ana"), Origin.Internal, default)).Outcome);
        }
    }

    [Fact]
    public async Task A_level_that_demands_a_sign_in_is_not_answered_without_one_and_the_link_still_holds()
    {
        var level = Contoso.Level("Manager", "ana") with { Assurance = Assurance.Interactive };
        await _engine.StartAsync(Contoso.Request("r1", _time.GetUtcNow(), levels: [level]), default);
        var token = Token("ana");

        Assert.Equal(LinkAccess.SignInRequired, (await _links.OpenAsync(token, null, default))!.Access);
        Assert.Equal(LinkOutcome.SignInRequired, (await _links.DecideAsync(token, Approve, null, null, Origin.Internal, default)).Outcome);
        var ana = _engine.Caller("ana");
        ana = ana with { Actor = ana.Actor with { Assurance = Assurance.Interactive } };
        Assert.Equal(LinkOutcome.Decided, (await _links.DecideAsync(token, Approve, null, ana, Origin.Internal, default)).Outcome);
    }

    [Fact]
    public void A_tenant_that_says_nothing_wants_the_sign_in() => Assert.True(Contoso.Tenant().Settings.RequireSignInForLinks);

    [Fact]
    public async Task A_link_decides_on_what_its_page_showed()
    {
        var token = await StartAsync();
        var shown = (await Request()).State.PayloadHash;
        Assert.Same(LinkAnswer.Invalid, await _links.DecideAsync(token, Approve with { PayloadHash = new string('0', 64) }, null, null, Origin.Internal, default));
        Assert.Equal(1, (await Request()).State.CurrentLevel);

        token = Token("ana");
        Assert.Equal(LinkOutcome.Decided, (await _links.DecideAsync(token, Approve with { PayloadHash = shown }, null, null, Origin.Internal, default)).Outcome);
        Assert.Equal(shown, _engine.Trail.Single(entry => entry is { Action: "approved", Outcome: "ok" }).PayloadHash);
    }

    [Fact]
    public async Task What_is_not_carried_out_yet_is_accepted_and_not_called_decided()
    {
        var token = await StartAsync();
        var decisions = new Decisions(
            new RequestCommands(new LateEngine(_engine), _engine, ApprovalTypes.BuiltIn, _time), ApprovalTypes.BuiltIn, new DecisionInputs(new MemoryVault()), _time);
        var links = new ApproveLinks(_tokens, _engine, _engine, decisions, ApprovalTypes.BuiltIn, _time);

        var answer = await links.DecideAsync(token, Approve, null, null, Origin.Internal, default);

        Assert.Equal((LinkOutcome.Accepted, 1), (answer.Outcome, answer.Request!.State.CurrentLevel));
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

    /// <summary>Takes commands, and has carried none of them out yet.</summary>
    private sealed class LateEngine(MemoryEngine engine) : IRequestEngine
    {
        public ValueTask<StartResult> StartAsync(StartRequest start, CancellationToken cancellation) => engine.StartAsync(start, cancellation);

        public async ValueTask<CommandResult> SendAsync(CommandEnvelope envelope, CancellationToken cancellation) =>
            new(null, await engine.FindAsync(envelope.Tenant, envelope.RequestId, cancellation));

        public ValueTask RecordAsync(ImmutableArray<AuditDraft> entries, CancellationToken cancellation) => engine.RecordAsync(entries, cancellation);
    }

    private static TenantSnapshot WithoutSignIn(TenantSnapshot tenant) => tenant with { Settings = tenant.Settings with { RequireSignInForLinks = false } };

    private Caller Reader(string name)
    {
        if (name == "agent:ana")
        {
            var ana = _engine.Caller("ana");
            return ana with { Actor = ana.Actor with { Type = ActorType.Agent } };
        }

        return name == "fabrikam/ana"
            ? new Caller(_engine.Caller("ana").Actor, _engine.Tenant with { Settings = _engine.Tenant.Settings with { Id = "fabrikam" } })
            : _engine.Caller(name);
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
