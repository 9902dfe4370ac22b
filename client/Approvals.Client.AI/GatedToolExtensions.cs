using Approvals.Client;
using Approvals.Client.AI;

namespace Microsoft.Extensions.AI;

/// <summary>Puts tools behind the gate.</summary>
public static class GatedToolExtensions
{
    /// <summary>The tool, run only where the service says so; the model is told while it waits.</summary>
    public static AIFunction RequireApproval(this AIFunction tool, ApprovalsClient client, GatedToolOptions? options = null) =>
        new GatedAIFunction(tool, client, options);

    /// <summary>
    /// The same, and agents ask before they call it: a response with a call of it has a <see cref="ToolApprovalRequestContent"/>, which
    /// <see cref="ToolApprovals"/> answers.
    /// </summary>
    public static AIFunction RequireApprovalFirst(this AIFunction tool, ApprovalsClient client, GatedToolOptions? options = null) =>
        new ApprovalRequiredAIFunction(new GatedAIFunction(tool, client, options));
}
