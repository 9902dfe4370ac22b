using Microsoft.AspNetCore.Mvc.Filters;

namespace Approvals.Client.AspNetCore;

/// <summary>
/// Calls of this MVC action, or of every action of this controller, run only once approved. The gate is asked after authorization filters and before
/// model binding. Needs <c>AddApprovalsClient</c>.
/// </summary>
/// <param name="actionType">For example <c>crm.customer.delete</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequireApprovalAttribute(string actionType) : Attribute, IAsyncResourceFilter
{
    private readonly RequireApprovalOptions _options = new();

    /// <summary>The action type that the service's policies know.</summary>
    public string ActionType { get; } = actionType;

    /// <summary>Seconds that a call waits for a decision before it is answered with 202.</summary>
    public int WaitSeconds
    {
        get => (int)_options.Wait.TotalSeconds;
        set => _options.Wait = TimeSpan.FromSeconds(value);
    }

    /// <inheritdoc/>
    public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ApprovalStep.RunAsync(context.HttpContext, ActionType, _options, async () =>
        {
            var executed = await next();
            if (executed.ExceptionDispatchInfo is { } thrown && !executed.ExceptionHandled)
            {
                executed.ExceptionHandled = true;
                thrown.Throw();
            }
        });
    }
}
