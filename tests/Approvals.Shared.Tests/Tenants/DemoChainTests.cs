using Approvals.Audit;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Tests.Chains;
using Approvals.Values;

namespace Approvals.Tests.Tenants;

/// <summary>A gate call of the demo tenant through policy, resolver and decider to its grant, without a host.</summary>
public sealed class DemoChainTests
{
    private const string LargeBill = """{"number":"B-1","amount":60000,"vendor":{"name":"Acme","isNew":false}}""";

    [Fact]
    public async Task A_large_bill_is_approved_by_the_manager_and_two_of_finance()
    {
        var stored = await Start(DemoTests.Contoso, LargeBill);
        Assert.Equal((RequestStatus.InReview, 1), (stored.State.Status, stored.State.CurrentLevel));

        stored = await Approve(DemoTests.Contoso, stored, "mika");
        Assert.Equal((RequestStatus.InReview, 2), (stored.State.Status, stored.State.CurrentLevel));
        stored = await Approve(DemoTests.Contoso, stored, "ana");
        stored = await Approve(DemoTests.Contoso, stored, "bo");

        Assert.Equal(RequestStatus.Approved, stored.State.Status);
        Assert.Equal(GateOutcome.Approved, GateAnswer.Of(stored.State, World.Now).Outcome);
        Assert.True(BusinessKey.StillAnswers(stored.State, reopen: false, World.Now));
    }

    [Fact]
    public async Task A_delegate_acts_for_the_manager_and_history_names_both()
    {
        var tenant = DemoTests.Contoso with { Delegations = new DelegationSet([World.Lends("mika", "nia", "purchasing.*")]) };
        var stored = await Start(tenant, """{"number":"B-2","amount":6000,"vendor":{"name":"Acme","isNew":false}}""");
        Assert.Equal("nia", stored.State.Levels[0].Groups[0].Approvers[0].RoutedTo);

        stored = await Approve(tenant, stored, "nia");

        Assert.Equal(RequestStatus.Approved, stored.State.Status);
        var place = stored.State.Levels[0].Groups[0].Approvers[0];
        Assert.Equal(("mika", "nia", "mika"), (place.Person, place.DecidedBy, place.OnBehalfOf));
    }

    [Fact]
    public async Task A_bill_whose_condition_fails_goes_to_an_administrator()
    {
        var stored = await Start(DemoTests.Contoso, """{"number":"B-3"}""");

        Assert.Equal(["ada", "gus"], stored.State.Levels[0].Groups[0].Approvers.Select(place => place.Person));
        Assert.Equal(RequestStatus.Approved, (await Approve(DemoTests.Contoso, stored, "gus")).State.Status);
    }

    private static async Task<StoredRequest> Start(TenantSnapshot tenant, string payload)
    {
        var check = World.Check("purchasing.vendorBill.post", payload, Make.Human("rae", "requester"));
        var evaluation = GateRules.Evaluate(tenant, check, World.Now);
        Assert.True(evaluation.NeedsApproval);
        var snapshot = World.Snapshot("rae", payload) with { PayloadHash = PayloadHash.Of(check.Payload), Title = evaluation.Title };
        return await Run(tenant, null, snapshot, new Command.Create
        {
            By = check.Actor,
            Tenant = tenant.Settings.Id,
            RequestId = "r1",
            RequestType = "action",
            ActionType = check.ActionType,
            Subject = check.Subject,
            PayloadHash = snapshot.PayloadHash,
            Policy = evaluation.Policy,
            Levels = evaluation.Levels,
            BusinessKey = BusinessKey.Of("contoso", check.ActionType, check.Subject, snapshot.PayloadHash, "rae"),
        });
    }

    private static Task<StoredRequest> Approve(TenantSnapshot tenant, StoredRequest stored, string person) => Run(tenant, stored, stored.Snapshot, new Command.Approve
    {
        By = tenant.Directory.Find(person)!.ToActor(),
        ActsFor = Authority.ActsFor(tenant, person, stored.State.ActionType, World.Now),
    });

    private static async Task<StoredRequest> Run(TenantSnapshot tenant, StoredRequest? stored, Snapshot snapshot, Command command)
    {
        var envelope = new CommandEnvelope
        {
            Tenant = "contoso",
            RequestId = "r1",
            CommandId = Guid.NewGuid().ToString(),
            Command = command,
            Snapshot = stored is null ? snapshot : null,
        };
        var transition = await Transitions.RunAsync(stored, envelope, World.Now, new LevelResolver(tenant, snapshot), submit: stored is null);
        Assert.Null(transition.Receipt.Refusal);
        return new StoredRequest(transition.After!, snapshot, ChainHead.Empty);
    }
}
