using Approvals.Chains;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Api.Handlers;

/// <summary>Says in a sentence or two why approval was needed, and for whom the request waits.</summary>
internal static class PendingText
{
    public static string Of(StoredRequest request, TenantSnapshot tenant, string? why, DateTimeOffset now)
    {
        var state = request.State;
        var cause = why ?? (state.Policy is { } policy ? Phrase.With(Texts.PendingPolicy, policy.Key, policy.Version) : Texts.PendingAsked);
        if (state.Status == RequestStatus.ChangesRequested)
        {
            return Phrase.With(Texts.PendingChanges, cause);
        }
        if (Chain.IsTerminal(state.Status))
        {
            return Phrase.With(Texts.PendingOver, cause, StatusNames.Of(state.Status));
        }
        if (state.CurrentLevel == 0)
        {
            return cause;
        }
        var level = state.Levels[state.CurrentLevel - 1];
        var people = Authority.Asked(tenant, state, now).Select(id => tenant.Directory.Find(id)?.Name ?? id).Take(5);
        var due = level.DueAt is { } at ? Phrase.With(Texts.PendingUntil, Rfc3339.Format(at)) : "";
        return Phrase.With(Texts.PendingLevel, cause, state.CurrentLevel, state.Levels.Length, level.Definition.Name, string.Join(", ", people), due);
    }
}
