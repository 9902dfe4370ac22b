using Approvals.Gate;
using Approvals.Tenants;
using Approvals.Types;

namespace Approvals.Requests;

/// <summary>Titles of requests whose caller gave none: by the policy's template, else by the type's, else of action type and subject.</summary>
internal static class RequestTitle
{
    public static string Of(ApprovalTypes types, TenantSnapshot tenant, GateEvaluation evaluation, string requestType, GateCheck check) =>
        evaluation.Title.Length > 0 && HasTemplate(tenant, evaluation)
            ? evaluation.Title
            : Titles.Of(types.Of(requestType).TitleTemplate, check, evaluation.Sensitive);

    private static bool HasTemplate(TenantSnapshot tenant, GateEvaluation evaluation) => evaluation.Policy is { } policy
        && (policy.Version == 0 || tenant.Policies.Active.Any(
            active => active.Policy.Key == policy.Key && active.Version == policy.Version && active.Policy.TitleTemplate is not null));
}
