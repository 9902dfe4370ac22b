using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Web.Requests;

/// <summary>What a reader may do with a request at this moment. The rules are the decider's own: each command is put to it, and nothing is committed.</summary>
public sealed record RequestRights
{
    public required Refusal? Decide { get; init; }
    public required bool Submit { get; init; }
    public required bool RequestChanges { get; init; }
    public required bool Resubmit { get; init; }
    public required bool Withdraw { get; init; }
    public required bool Comment { get; init; }
    public required bool Reassign { get; init; }
    public required bool AddApprover { get; init; }
    public required bool Override { get; init; }

    public bool MayDecide => Decide is null;

    /// <param name="actsFor">People whose authority the reader has for this action type.</param>
    public static RequestRights Of(RequestState state, Actor reader, ImmutableArray<string> actsFor, DateTimeOffset now)
    {
        // Somebody who is nobody's approver yet: whether a place may be handed over does not depend on to whom.
        var anybody = new Candidate("\u0001");
        const string why = "-";

        Refusal? Ask(Command command) => Chain.Decide(state, command with { ActsFor = actsFor }, now).Refusal;
        return new RequestRights
        {
            Decide = Ask(new Command.Approve { By = reader }),
            Submit = Ask(new Command.Submit { By = reader }) is null,
            RequestChanges = Ask(new Command.RequestChanges(why) { By = reader }) is null,
            Resubmit = Ask(new Command.Resubmit(state.PayloadHash) { By = reader }) is null,
            Withdraw = Ask(new Command.Withdraw { By = reader }) is null,
            Comment = Ask(new Command.AddComment(why) { By = reader }) is null,
            Reassign = Ask(new Command.Reassign(null, null, anybody, why) { By = reader }) is null,
            AddApprover = Ask(new Command.AddApprover(null, anybody, why) { By = reader }) is null,
            Override = Ask(new Command.Override(why) { By = reader }) is null,
        };
    }
}
