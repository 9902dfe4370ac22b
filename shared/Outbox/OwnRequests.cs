using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Telemetry;

namespace Approvals.Outbox;

/// <summary>Finishes what the service itself had gated, once its request is decided: publications, delegations and changes of people; and measures what is told.</summary>
public sealed class OwnRequests(IRequestStore requests, PublicationCompletion publications, DelegationCompletion delegations, DirectoryCompletion people) : IOutboxConsumer
{
    private const int Concurrency = 4;

    public string Name => "own-requests";

    public bool FromTheBeginning => true;

    /// <summary>Most of what it is given is about others' requests.</summary>
    public TimeSpan Gather => TimeSpan.FromMilliseconds(20);

    public bool Wants(OutboxEvent happened) =>
        happened.Type is EventType.Approved or EventType.Rejected or EventType.Withdrawn or EventType.Expired
            or EventType.Escalated or EventType.Overdue;

    public ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation) =>
        PerRequest.DeliverAsync(records, Concurrency, FinishAsync, cancellation);

    private async ValueTask<DeliveryResult> FinishAsync(OutboxRecord record, CancellationToken cancellation)
    {
        if (IsLate(record.Event))
        {
            Meters.Late(record.Event.Type);
        }
        if (record.Event.Type is EventType.Escalated or EventType.Overdue)
        {
            return DeliveryResult.Delivered;
        }
        if (await requests.FindAsync(record.Event, cancellation) is { } request)
        {
            if (request.State.DecidedAt is { } decided && Chain.IsTerminal(request.State.Status))
            {
                Meters.Decided(request.State.Status, decided - request.State.CreatedAt);
            }
            await publications.CompleteAsync(request, cancellation);
            await delegations.CompleteAsync(request, cancellation);
            await people.CompleteAsync(request, cancellation);
        }
        return DeliveryResult.Delivered;
    }

    /// <summary>A level without anybody to answer escalates too, which is nobody's delay.</summary>
    private static bool IsLate(OutboxEvent happened) =>
        happened.Type is EventType.Expired or EventType.Overdue
        || (happened.Type == EventType.Escalated && new EventFacts(happened).Is("timedOut"));
}
