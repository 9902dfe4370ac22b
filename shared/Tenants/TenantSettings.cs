using System.Collections.Immutable;
using Approvals.Chains.Levels;

namespace Approvals.Tenants;

/// <summary>Settings of one tenant.</summary>
public sealed record TenantSettings
{
    public required string Id { get; init; }

    /// <summary>IANA id; calendars without one of their own use it.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Approver references asked where a level has nobody left, and where a policy fails at run time.</summary>
    public ImmutableArray<string> FallbackApprovers { get; init => field = value.OrEmpty(); } = ["role:admin"];

    /// <summary>Whether the named person must have signed in to answer by a link of a message.</summary>
    public bool RequireSignInForLinks { get; init; } = true;

    /// <summary>The first sign-in whose user name is a person's id or e-mail is that person from then on.</summary>
    public bool LinkByUsername { get; init; }

    /// <summary>Named calendars that levels may refer to.</summary>
    public ImmutableDictionary<string, BusinessCalendar> Calendars { get; init; } = ImmutableDictionary<string, BusinessCalendar>.Empty;
}
