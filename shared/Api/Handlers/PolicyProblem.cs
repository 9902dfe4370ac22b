using Approvals.Api.Problems;
using Approvals.Chains;
using Approvals.Policies;

namespace Approvals.Api.Handlers;

/// <summary>What is wrong with a policy or with levels, as fields with positions.</summary>
internal static class PolicyProblem
{
    public static Problem Of(IEnumerable<PolicyError> errors) =>
        Problem.Of(RefusalCode.PolicyInvalid, "See the fields.") with { Fields = Fields(errors) };

    public static IReadOnlyList<FieldError> Fields(IEnumerable<PolicyError> errors) =>
    [
        .. errors.Select(error => new FieldError(error.Pointer, error.Text, error.Line, error.Column)),
    ];
}
