using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>Who may see a request may comment on it; that is for the API to say.</summary>
    private static Decided AddComment(RequestState state, Command.AddComment comment, DateTimeOffset now)
    {
        if (Over(state) is { } over)
        {
            return over;
        }
        return Text(comment.Text) is { } text
            ? Decided.Of(new ChainEvent.Commented(text) { At = now, By = ActorRef.Of(comment.By) })
            : Decided.Refuse(RefusalCode.ValidationFailed, Texts.RefusedNoComment);
    }
}
