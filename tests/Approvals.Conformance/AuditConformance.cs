using Approvals.Audit;
using Approvals.Chains;

namespace Approvals.Conformance;

/// <summary>Reading and proving the trail.</summary>
public abstract class AuditConformance : ConformanceTest
{
    /// <summary>Entries a minute in <see cref="Query_manyEntries_pagesThroughAll"/>: as many as the adapter's store bears in a test.</summary>
    protected virtual int Step => 500;

    private int Count => 18 * Step;

    [Fact]
    public async Task Query_filters_allMustHold()
    {
        await On.Engine.RecordAsync([Office.Entry(Now, actor: "bot", subject: "1")], None);
        On.Time.Advance(TimeSpan.FromHours(1));
        await On.Engine.RecordAsync([Office.Entry(Now, actor: "ana", subject: "1", action: AuditAction.Notified)], None);
        On.Time.Advance(TimeSpan.FromHours(1));
        await On.Engine.RecordAsync([Office.Entry(Now, actor: "bot", subject: "2", action: AuditAction.Notified)], None);
        await On.Engine.RecordAsync([Office.Entry(Now, tenant: Office.Neighbour)], None);

        var all = new AuditQuery { Tenant = Office.Tenant };
        Assert.Equal([3, 2, 1], await SequencesAsync(all));
        Assert.Equal([3, 1], await SequencesAsync(all with { Actor = "bot" }));
        Assert.Equal([2], await SequencesAsync(all with { ActorType = "human" }));
        Assert.Equal([3, 2], await SequencesAsync(all with { Action = AuditAction.Notified }));
        Assert.Equal([2, 1], await SequencesAsync(all with { Subject = "bill:1" }));
        Assert.Equal([1], await SequencesAsync(all with { Subject = "bill:1", Actor = "bot", Action = AuditAction.GateChecked }));
        Assert.Equal([3, 2], await SequencesAsync(all with { From = Now.AddHours(-1) }));
        Assert.Equal([1], await SequencesAsync(all with { To = Now.AddHours(-1) }));
        Assert.Equal([2], await SequencesAsync(all with { From = Now.AddHours(-1), To = Now }));
        Assert.Empty(await SequencesAsync(all with { Actor = "nobody" }));
        Assert.Equal([1], await SequencesAsync(all with { Tenant = Office.Neighbour }));
    }

    [Fact]
    public async Task Query_ofARequest_isInItsOrder()
    {
        await StartAsync(Office.Request("r1", Now));
        await StartAsync(Office.Request("r2", Now));
        await SendAsync("r1", Office.Approve("ana"));

        var ofRequest = new AuditQuery { Tenant = Office.Tenant, RequestId = "r1" };
        Assert.Equal([1, 2, 3, 4, 5, 6], await SequencesAsync(ofRequest));
        Assert.Equal([4], await SequencesAsync(ofRequest with { Actor = "ana", Action = AuditAction.Approved }));
        Assert.Empty(await SequencesAsync(ofRequest with { Tenant = Office.Neighbour }));
    }

    [Fact]
    public async Task Query_manyEntries_pagesThroughAll()
    {
        for (var i = 0; i < Count; i += Step)
        {
            On.Time.Advance(TimeSpan.FromMinutes(1));
            await On.Engine.RecordAsync(
                [.. Enumerable.Range(i, Step).Select(n => Office.Entry(Now, actor: n % (2 * Step) == 0 ? "ana" : "bot", subject: $"{n}"))], None);
        }

        await StartAsync(Office.Request("r1", Now));
        await On.SettledAsync();
        var query = new AuditQuery { Tenant = Office.Tenant, Action = AuditAction.GateChecked };
        var down = await AllAsync(page => On.Audit.QueryAsync(query, page, None), 200);
        Assert.Equal(Enumerable.Range(1, Count).Reverse().Select(i => (long)i), down.Select(entry => entry.Sequence));

        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1], (await SequencesAsync(query with { Actor = "ana" })).Select(sequence => (sequence / (2 * Step)) + 1));
        Assert.Equal([Count - 8], await SequencesAsync(query with { Subject = $"bill:{Count - 9}" }));
        Assert.Equal(Step, (await SequencesAsync(query with { From = Now.AddMinutes(-5), To = Now.AddMinutes(-4) })).Count);

        var exported = await AllAsync(On.Audit.ExportAsync(query, None));
        Assert.Equal(down.Select(entry => entry.Position).Reverse(), exported.Select(entry => entry.Position));
        Assert.Equal(9, (await AllAsync(On.Audit.ExportAsync(query with { Actor = "ana" }, None))).Count);
        Assert.Equal(3, (await AllAsync(On.Audit.ExportAsync(new AuditQuery { Tenant = Office.Tenant, RequestId = "r1" }, None))).Count);
        Assert.Equal(Count + 3, (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Count);
        Assert.Equal(3 + 10, (await AllAsync(On.Audit.ReadAsync(Office.Tenant, exported[^11].Position, None))).Count);
    }

    [Fact]
    public async Task Verify_untouched_holds()
    {
        await ApprovedAsync(Office.Request("r1", Now));
        await On.Engine.RecordAsync([Office.Entry(Now)], None);
        await On.CheckpointAsync();
        await StartAsync(Office.Request("r2", Now));
        await On.CheckpointAsync();
        await On.Engine.RecordAsync([Office.Entry(Now)], None);
        await On.SettledAsync();

        var whole = await On.Audit.VerifyAsync(Office.Tenant, null, None);
        Assert.Equal(new AuditVerification(true, (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Count, null), whole);
        Assert.True((await On.Audit.VerifyAsync(Office.Tenant, "r1", None)).Valid);
        Assert.True((await On.Audit.VerifyAsync(Office.Tenant, "r2", None)).Valid);
        Assert.True((await On.Audit.VerifyAsync(Office.Neighbour, null, None)).Valid);
    }

    [Fact]
    public async Task Entry_readBack_isWhatWasHashed()
    {
        await StartAsync(Office.Request("r1", Now));
        foreach (var entry in await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None)))
        {
            Assert.Equal(entry.Hash, AuditChain.HashOf(entry.Canonical.Span));
        }
    }

    private async Task<List<long>> SequencesAsync(AuditQuery query)
    {
        await On.SettledAsync();
        return [.. (await AllAsync(page => On.Audit.QueryAsync(query, page, None), 2)).Select(entry => entry.Sequence)];
    }
}
