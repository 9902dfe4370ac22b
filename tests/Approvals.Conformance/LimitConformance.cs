using Approvals.Actors;
using Approvals.Chains;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Conformance;

/// <summary>The largest input that the core takes is stored and found again; what is beyond it reaches no store.</summary>
public abstract class LimitConformance : ConformanceTest
{
    private static readonly string Line = new('字', TextRule.MaxId);
    private static readonly string Prose = new('字', TextRule.MaxProse);

    [Fact]
    public async Task Largest_isStoredWhole()
    {
        var rita = await CallerAsync("rita");
        var request = Largest("largest");
        var started = await Starter.StartAsync(rita, Origin.Internal, request, None);
        Assert.Null(started.Refusal);

        var commented = await Commands.SendAsync(rita, Origin.Internal, "largest", Line, new(new Command.AddComment(Prose) { By = rita.Actor }), None);
        Assert.Null(commented!.Receipt!.Refusal);
        var rejected = await Commands.SendAsync(
            await CallerAsync("olga"), Origin.Internal, "largest", "reject", new(new Command.Reject(Prose) { By = rita.Actor }), None);
        Assert.Null(rejected!.Receipt!.Refusal);

        await On.SettledAsync();
        var found = (await On.Requests.FindAsync(Office.Tenant, "largest", None))!;
        Assert.Equal((request.Title, request.Description, request.Subject), (found.Snapshot.Title, found.Snapshot.Description, found.State.Subject));
        Assert.Equal(request.Payload, found.Snapshot.Payload);
        var listed = await AllAsync(page => On.Requests.ListAsync(new RequestQuery { Tenant = Office.Tenant, Subject = request.Subject.ToString() }, page, None), 10);
        Assert.Equal(["largest"], listed.Select(each => each.Id));
    }

    [Fact]
    public async Task Beyond_isRefusedAndNothingIsWritten()
    {
        var rita = await CallerAsync("rita");
        await Starter.StartAsync(rita, Origin.Internal, Largest("open"), None);
        await On.SettledAsync();
        var before = (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Count;

        foreach (var wrong in Wrong())
        {
            var (started, call) = (await Starter.StartAsync(rita, Origin.Internal, wrong, None), new GateCall
            {
                RequestId = wrong.RequestId,
                ActionType = wrong.ActionType!,
                Subject = wrong.Subject,
                Payload = wrong.Payload,
                Title = wrong.Title,
                Description = wrong.Description,
            });
            Assert.Null(started.Request);
            var gated = await new Gatekeeper(On.Engine, ApprovalTypes.BuiltIn, On.Time).CheckAsync(rita, Origin.Internal, call, None);
            Assert.Equal(started.Refusal!.Fields.AsEnumerable(), gated.Refusal!.Fields.AsEnumerable());
            Assert.Null(await On.Requests.FindAsync(Office.Tenant, wrong.RequestId, None));
        }
        var commented = await Commands.SendAsync(rita, Origin.Internal, "open", "c", new(new Command.AddComment(Prose + "x") { By = rita.Actor }), None);
        Assert.Equal("/comment", Assert.Single(commented!.Receipt!.Refusal!.Fields).Pointer);
        await On.SettledAsync();
        Assert.Equal(before, (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Count);
    }

    private RequestStarter Starter => new(On.Engine, ApprovalTypes.BuiltIn, On.Time);

    private RequestCommands Commands => new(On.Engine, On.Requests, ApprovalTypes.BuiltIn, On.Time);

    private static DirectRequest Largest(string id) => new()
    {
        RequestId = id,
        RequestType = Line,
        ActionType = "a." + new string('b', TextRule.MaxId - 2),
        Title = new string('字', Snapshot.MaxTitleLength),
        Description = Prose,
        Subject = new Subject(Line, Line),
        Payload = Value.Map(("s", Value.From(new string('s', PayloadRule.MaxBytes - 8)))),
    };

    private static IEnumerable<DirectRequest> Wrong()
    {
        var right = Largest("wrong");
        yield return right with { ActionType = right.ActionType + "c" };
        yield return right with { ActionType = "a\u0001" };
        yield return right with { Title = right.Title + "x" };
        yield return right with { Description = right.Description + "x" };
        yield return right with { Subject = right.Subject with { Id = Line + "x" } };
        yield return right with { Subject = right.Subject with { Type = "\n" } };
        yield return right with { Payload = Value.Map(("s", Value.From(new string('s', PayloadRule.MaxBytes - 7)))) };
        yield return right with { Payload = Enumerable.Range(0, PayloadRule.MaxDepth).Aggregate(Value.Map(), (inner, _) => Value.Map(("d", inner))) };
    }

    private async Task<Caller> CallerAsync(string person)
    {
        var tenant = (await On.Catalog.FindAsync(Office.Tenant, None))!;
        return new Caller(tenant.Directory.Find(person)!.ToActor(), tenant);
    }
}
