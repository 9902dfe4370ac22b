using Approvals.Client.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gates endpoints.</summary>
public static class RequireApprovalExtensions
{
    /// <summary>
    /// Calls of these endpoints run only once approved. The gate is asked after authorization and before the arguments are bound and validated.
    /// A call that waits for a decision is answered with 202; the same call again finds the same request. Needs <c>AddApprovalsClient</c>.
    /// </summary>
    /// <param name="actionType">For example <c>crm.customer.delete</c>.</param>
    public static TBuilder RequireApproval<TBuilder>(this TBuilder builder, string actionType, Action<RequireApprovalOptions>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actionType);
        var options = new RequireApprovalOptions();
        configure?.Invoke(options);
        builder.Finally(endpoint =>
        {
            var next = endpoint.RequestDelegate ?? throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} has nothing to gate.");
            endpoint.RequestDelegate = http => ApprovalStep.RunAsync(http, actionType, options, () => next(http));
        });
        return builder;
    }
}
