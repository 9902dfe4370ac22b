using Approvals.Chains;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Api.Handlers;

/// <summary>Says in a sentence or two why a request waits, and for whom.</summary>
internal static class PendingText
{
    public static string Of(StoredRequest request, TenantSnapshot tenant, string? why, DateTimeOffset now)
    {
        var state = request.State;
        var cause = why ?? (state.Policy is { } policy ? $"The policy {policy.Key} (version {policy.Version}) asks for approval." : "Approval was asked for.");
        if (state.Status == RequestStatus.ChangesRequested)
        {
            return $"{cause} Changes were requested: resubmit it.";
        }
        if (state.CurrentLevel == 0)
        {
            return cause;
        }
        var level = state.Levels[state.CurrentLevel - 1];
        var people = Authority.Asked(tenant, state, now).Select(id => tenant.Directory.Find(id)?.Name ?? id).Take(5);
        var due = level.DueAt is { } at ? $" until {Rfc3339.Format(at)}" : "";
        return $"{cause} Level {state.CurrentLevel} of {state.Levels.Length}, {level.Definition.Name}, waits for {string.Join(", ", people)}{due}.";
    }
}
