using Approvals.Chains;

namespace Approvals.Requests;

/// <summary>What a person typed with a command: a comment or a reason.</summary>
internal static class CommandText
{
    /// <summary>The text, if there is one, and its pointer in the body of the API's call. Decisions take their text as <c>comment</c>.</summary>
    public static (string Pointer, string? Text) Of(Command command) => command switch
    {
        Command.Approve { Comment: var comment } => ("/comment", comment),
        Command.Reject { Reason: var reason } => ("/comment", reason),
        Command.RequestChanges { Comment: var comment } => ("/comment", comment),
        Command.AddComment { Text: var comment } => ("/comment", comment),
        Command.Reassign { Reason: var reason } => ("/reason", reason),
        Command.AddApprover { Reason: var reason } => ("/reason", reason),
        Command.Withdraw { Reason: var reason } => ("/reason", reason),
        Command.Override { Reason: var reason } => ("/reason", reason),
        _ => ("", null),
    };

    public static Command With(Command command, string text) => command switch
    {
        Command.Approve approve => approve with { Comment = text },
        Command.Reject reject => reject with { Reason = text },
        Command.RequestChanges changes => changes with { Comment = text },
        Command.AddComment comment => comment with { Text = text },
        Command.Reassign reassign => reassign with { Reason = text },
        Command.AddApprover add => add with { Reason = text },
        Command.Withdraw withdraw => withdraw with { Reason = text },
        Command.Override over => over with { Reason = text },
        _ => command,
    };
}
