using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Requests;

namespace Approvals.Reports;

/// <summary>How long decisions take, how often they are escalated, and whether each is complete on the trail.</summary>
public sealed record SlaReport
{
    /// <summary>What a standard request should take at most.</summary>
    public static readonly TimeSpan CycleTarget = TimeSpan.FromHours(24);

    /// <summary>Share of requests that may be escalated.</summary>
    public const double EscalationTarget = 0.1;

    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public required int Requests { get; init; }
    public required int Approved { get; init; }
    public required int Rejected { get; init; }
    public required int Open { get; init; }

    /// <summary>Open ones whose level is past its due time.</summary>
    public required int Overdue { get; init; }

    /// <summary>From creation to decision; null where nothing was decided.</summary>
    public required TimeSpan? MedianCycle { get; init; }
    public required TimeSpan? NinetiethCycle { get; init; }

    /// <summary>Of the decided ones, those within <see cref="CycleTarget"/>; 1 where nothing was decided.</summary>
    public required double WithinTarget { get; init; }
    public required int Escalated { get; init; }
    public required double EscalationRate { get; init; }

    /// <summary>Decisions on the trail, and those of them with an identified person, a time and, for rejections, a reason.</summary>
    public required int Decisions { get; init; }
    public required int CompleteDecisions { get; init; }

    /// <summary>Open requests by age: up to a day, up to two, up to a week, older.</summary>
    public required ImmutableArray<int> OpenByAge { get; init; }

    /// <summary>Decided requests by the time from creation to decision; the bounds are <see cref="CycleBounds"/>, the last is what took longer.</summary>
    public required ImmutableArray<int> DecidedByCycle { get; init; }

    /// <summary>Decisions made by each person, most first.</summary>
    public required ImmutableArray<ApproverLoad> Load { get; init; }

    /// <summary>There was more than a report reads; the newest are in it.</summary>
    public required bool Truncated { get; init; }

    public static ImmutableArray<TimeSpan> CycleBounds { get; } =
        [TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(24), TimeSpan.FromHours(48), TimeSpan.FromDays(7)];

    public double AuditCompleteness => Decisions == 0 ? 1 : (double)CompleteDecisions / Decisions;

    public static SlaReport Of(
        DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, RequestWindow window, Trail escalations, ImmutableArray<Trail> decisions)
    {
        var cycles = window.Requests.Where(IsDecided).Select(request => request.DecidedAt!.Value - request.CreatedAt).Order().ToArray();
        var open = window.Requests.Where(IsOpen).ToArray();
        var inWindow = window.Requests.Select(request => request.Id).ToHashSet(StringComparer.Ordinal);
        var escalated = escalations.Requests.Count(inWindow.Contains);
        var entries = decisions.SelectMany(trail => trail.Entries).ToArray();
        return new SlaReport
        {
            From = from,
            To = to,
            Requests = window.Requests.Length,
            Approved = window.Requests.Count(request => request.Status == RequestStatus.Approved),
            Rejected = window.Requests.Count(request => request.Status == RequestStatus.Rejected),
            Open = open.Length,
            Overdue = open.Count(request => request.DueAt < now),
            MedianCycle = Percentile(cycles, 0.5),
            NinetiethCycle = Percentile(cycles, 0.9),
            WithinTarget = cycles.Length == 0 ? 1 : (double)cycles.Count(cycle => cycle < CycleTarget) / cycles.Length,
            Escalated = escalated,
            EscalationRate = window.Requests.IsEmpty ? 0 : (double)escalated / window.Requests.Length,
            Decisions = entries.Length,
            CompleteDecisions = entries.Count(IsComplete),
            OpenByAge = Ages(open, now),
            DecidedByCycle = Buckets(cycles),
            Load = ApproverLoad.Of(entries),
            Truncated = window.Truncated || escalations.Truncated || decisions.Any(trail => trail.Truncated),
        };
    }

    internal static bool IsOpen(RequestSummary request) =>
        request.Status is RequestStatus.Pending or RequestStatus.InReview or RequestStatus.Escalated or RequestStatus.ChangesRequested;

    private static bool IsDecided(RequestSummary request) =>
        request is { Status: RequestStatus.Approved or RequestStatus.Rejected, DecidedAt: not null };

    internal static bool IsComplete(AuditFields entry) =>
        entry.ActorId.Length > 0 && (entry.Action != AuditAction.Rejected || !string.IsNullOrWhiteSpace(entry.Reason));

    /// <summary>The nearest rank.</summary>
    private static TimeSpan? Percentile(TimeSpan[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * share) - 1)];

    private static ImmutableArray<int> Buckets(TimeSpan[] cycles)
    {
        var counts = new int[CycleBounds.Length + 1];
        foreach (var cycle in cycles)
        {
            counts[CycleBounds.Count(bound => cycle > bound)]++;
        }
        return [.. counts];
    }

    private static ImmutableArray<int> Ages(RequestSummary[] open, DateTimeOffset now)
    {
        var counts = new int[4];
        foreach (var request in open)
        {
            counts[(now - request.CreatedAt).TotalDays switch { <= 1 => 0, <= 2 => 1, <= 7 => 2, _ => 3 }]++;
        }
        return [.. counts];
    }
}
