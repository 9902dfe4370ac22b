namespace Approvals.Functions.Orchestration.V1;

/// <summary>The external event <c>command</c>: a command was staged. Who sent it, and what they wrote, stays in the request's partition.</summary>
public sealed record CommandSent(string CommandId)
{
    public const string EventName = "command";
}
