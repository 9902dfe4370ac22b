using Approvals.Actors;
using Approvals.Gate;
using Approvals.Tenants;
using Approvals.Types;

namespace Approvals.Requests;

/// <summary>Titles of requests whose caller gave none: by the policy's template, else by the type's, else of action type and subject.</summary>
internal static class RequestTitle
{
    public static string Of(ApprovalTypes types, TenantSnapshot tenant, GateEvaluation evaluation, string requestType, GateCheck check)
    {
        if (types.Of(requestType).TitleTemplate is { } text && !HasTemplate(tenant, evaluation)
            && TitleTemplate.TryParse(text, out var template, out _, out _)
            && template.Render(check.ActionType, check.Actor, check.Subject, check.Payload, evaluation.Sensitive) is { Length: > 0 } title)
        {
            return title;
        }
        return evaluation.Title.Length > 0 ? evaluation.Title : Plain(check.ActionType, check.Subject);
    }

    private static bool HasTemplate(TenantSnapshot tenant, GateEvaluation evaluation) => evaluation.Policy is { } policy
        && tenant.Policies.Active.Any(active => active.Policy.Key == policy.Key && active.Version == policy.Version && active.Policy.TitleTemplate is not null);

    private static string Plain(string actionType, Subject subject)
    {
        var text = $"{actionType} {subject}";
        return text.Length <= Snapshot.MaxTitleLength ? text : text[..Snapshot.MaxTitleLength];
    }
}
