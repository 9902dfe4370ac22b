using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Functions.Tables.Requests;
using Approvals.Inbox;
using Approvals.Ports;
using Approvals.Requests;

namespace Approvals.Functions.Tests.Crash;

/// <summary>Everything that shows of one request; two of the same course are equal but for its id.</summary>
internal sealed record Picture(string State, string Receipt, string History, string Trail, string Events, string Lists, string Key)
{
    public static async Task<Picture> OfAsync(Worker worker, CommandEnvelope command)
    {
        var requestId = command.RequestId;
        var requests = worker.Get<IRequestStore>();
        var receipt = StagedCommand.ReceiptOf((await worker.Get<RequestTable>().CommandAsync(Office.Tenant, requestId, command.CommandId, default))!)!;
        var stored = await requests.FindAsync(Office.Tenant, requestId, default);
        var history = (await requests.HistoryAsync(Office.Tenant, requestId, new(200), default)).Items.Select(AuditFields.Read);
        var trail = new List<AuditFields>();
        await foreach (var entry in worker.Get<IAuditStore>().ReadAsync(Office.Tenant, 0, default))
        {
            trail.Add(AuditFields.Read(entry));
        }

        var events = (await worker.Get<IOutboxStore>().ReadAsync(0, 10_000, default)).Select(record => record.Event).Where(each => each.RequestId == requestId);
        return new Picture(
            stored is null ? "none" : $"{stored.State.Status} {stored.State.Version} {stored.Head.Sequence} {stored.Snapshot.Number}",
            $"{receipt.Version} {receipt.Refusal?.Code}",
            Join(history.Select(entry => $"{entry.Sequence} {entry.Action} {entry.Outcome} {entry.ActorId}")),
            Join(trail.Where(entry => entry.RequestId == requestId).Select(entry => $"{entry.Action} {entry.Outcome}")),
            // At least once each, and the first of each in order.
            Join(events.DistinctBy(each => each.Id).Select(each => each.Type)),
            await ListsAsync(requests, requestId),
            await HolderAsync(worker, stored?.State.BusinessKey ?? Steps.KeyOf(requestId), requestId));
    }

    private static async Task<string> ListsAsync(IRequestStore requests, string requestId)
    {
        var parts = new List<string>();
        foreach (var person in new[] { "ana", "cleo" })
        {
            var query = new InboxQuery { Tenant = Office.Tenant, Authorities = [new InboxAuthority(person, ["*"])], Now = DateTimeOffset.UtcNow };
            var inbox = await requests.InboxAsync(query, new(200), default);
            parts.Add($"{person} {inbox.Items.Count(item => item.Id == requestId)}");
        }

        var list = await requests.ListAsync(new RequestQuery { Tenant = Office.Tenant, Requester = "rita" }, new(200), default);
        parts.AddRange(list.Items.Where(item => item.Id == requestId).Select(item => $"{item.Status} {item.Version}"));
        return Join(parts);
    }

    private static async Task<string> HolderAsync(Worker worker, string key, string requestId) =>
        await worker.Get<BusinessKeys>().FindAsync(Office.Tenant, key, default) is not { } holder ? "free" : holder.RequestId == requestId ? "held" : "another's";

    private static string Join(IEnumerable<string> parts) => string.Join("; ", parts);
}
