using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Testing;

namespace Approvals.Shared.Tests.Requests;

public sealed class VisibilityTests
{
    /// <summary>They are told of what becomes of it, with a link to it.</summary>
    [Theory]
    [InlineData("dan", true)]
    [InlineData("wim", false)]
    public async Task MaySee_whoeverLostTheirPlaceToAnEscalation_still(string person, bool sees)
    {
        var time = new ManualTime();
        var tenant = Contoso.Tenant();
        var engine = new MemoryEngine(time, tenant);
        var started = await engine.StartAsync(Contoso.Request("r1", time.GetUtcNow()), CancellationToken.None);
        var request = started.Request! with { State = started.Request.State with { Watchers = [], FormerApprovers = ["dan"] } };
        var caller = new Caller(tenant.Directory.Find(person)!.ToActor(), tenant);

        Assert.Equal(sees, Visibility.MaySee(caller, request, time.GetUtcNow()));
    }
}
