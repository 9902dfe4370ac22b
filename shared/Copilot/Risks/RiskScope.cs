using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Policies.Simulation;
using Approvals.Tenants;

namespace Approvals.Copilot.Risks;

/// <summary>What a risk scan looks at: a bounded part of the trail, with the tenant as it is now.</summary>
public sealed record RiskScope
{
    public required TenantSnapshot Tenant { get; init; }
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Gate calls with their payloads, oldest first, each business case once.</summary>
    public ImmutableArray<RecordedCheck> Calls { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Approvals and rejections, refused attempts too, oldest first.</summary>
    public ImmutableArray<AuditFields> Decisions { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Levels that people were asked at, oldest first.</summary>
    public ImmutableArray<AuditFields> Entered { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What ended a level other than a decision: approvals of levels, withdrawals, expiries, escalations.</summary>
    public ImmutableArray<AuditFields> Ended { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Rejections set aside.</summary>
    public ImmutableArray<AuditFields> Overrides { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Past ones too.</summary>
    public ImmutableArray<Delegation> Delegations { get; init => field = value.OrEmpty(); } = [];

    /// <summary>There is more than was read.</summary>
    public bool Truncated { get; init; }

    /// <summary>Decisions that counted, by humans.</summary>
    public IEnumerable<AuditFields> Made => Decisions.Where(entry => entry is { Outcome: AuditOutcome.Ok, ActorType: "human" });

    /// <summary>Somebody's name, or the id where the directory has nobody of it.</summary>
    public string Name(string person) => Tenant.Directory.Find(person)?.Name ?? person;
}
