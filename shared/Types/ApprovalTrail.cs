using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>What a request's own trail says of its approvals: their inputs, and the effects that already ran.</summary>
internal sealed record ApprovalTrail(ImmutableArray<ApprovalInput> Inputs, ImmutableHashSet<string> Done)
{
    public const string Effect = "effect";
    public const string Event = "event";

    private const int PageSize = 200;

    public static async Task<ApprovalTrail> ReadAsync(IRequestStore requests, OutboxEvent happened, CancellationToken cancellation)
    {
        var inputs = ImmutableArray.CreateBuilder<ApprovalInput>();
        var done = ImmutableHashSet.CreateBuilder<string>();
        string? cursor = null;
        do
        {
            var page = await requests.HistoryAsync(happened.Tenant, happened.RequestId, new PageRequest(PageSize, cursor), cancellation);
            foreach (var entry in page.Items)
            {
                Take(AuditFields.Read(entry), happened, inputs, done);
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return new ApprovalTrail(inputs.ToImmutable(), done.ToImmutable());
    }

    private static void Take(
        AuditFields entry, OutboxEvent happened, ImmutableArray<ApprovalInput>.Builder inputs, ImmutableHashSet<string>.Builder done)
    {
        switch (entry)
        {
            // What was approved before a resubmission was approved of another payload.
            case { Action: AuditAction.Resubmitted, Outcome: AuditOutcome.Ok }:
                inputs.Clear();
                break;
            case { Action: AuditAction.Approved, Outcome: AuditOutcome.Ok } when entry.Details.At("input") is { } input:
                inputs.Add(new ApprovalInput(entry.ActorId, entry.At, input));
                break;
            case { Action: AuditAction.SideEffect, Outcome: AuditOutcome.Ok } when entry.Details.At(Event) == Value.From(happened.Id) && entry.Details.At(Effect) is { } effect:
                done.Add(effect.AsString());
                break;
            default:
                break;
        }
    }
}
