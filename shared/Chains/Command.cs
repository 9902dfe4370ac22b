using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Chains;

/// <summary>What somebody wants done with a request. A closed set; <see cref="Chain.Decide"/> answers each in every status.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(Create), "create")]
[JsonDerivedType(typeof(Submit), "submit")]
[JsonDerivedType(typeof(EnterLevel), "enterLevel")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Reject), "reject")]
[JsonDerivedType(typeof(RequestChanges), "requestChanges")]
[JsonDerivedType(typeof(Resubmit), "resubmit")]
[JsonDerivedType(typeof(Reassign), "reassign")]
[JsonDerivedType(typeof(AddApprover), "addApprover")]
[JsonDerivedType(typeof(GiveUp), "giveUp")]
[JsonDerivedType(typeof(AddComment), "addComment")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(Override), "override")]
[JsonDerivedType(typeof(Remind), "remind")]
[JsonDerivedType(typeof(TimeOut), "timeOut")]
[JsonDerivedType(typeof(ReportOverdue), "reportOverdue")]
[JsonDerivedType(typeof(ClaimGrant), "claimGrant")]
[JsonDerivedType(typeof(ReportExecution), "reportExecution")]
[JsonDerivedType(typeof(AbandonExecution), "abandonExecution")]
public abstract record Command
{
    /// <summary>The validated principal; never taken from a body.</summary>
    public required Actor By { get; init; }

    /// <summary>People for whom <see cref="By"/> may act at this moment, by delegation or substitution, nearest first.</summary>
    public ImmutableArray<string> ActsFor { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Starts a draft. Refused where the request exists.</summary>
    public sealed record Create : Command
    {
        public required string Tenant { get; init; }
        public required string RequestId { get; init; }
        public RequestOrigin Origin { get; init; }
        public required string RequestType { get; init; }
        public required string ActionType { get; init; }
        public required Subject Subject { get; init; }
        public required string PayloadHash { get; init; }
        public PolicyRef? Policy { get; init; }
        public bool RequesterLevels { get; init; }
        public required ImmutableArray<LevelDefinition> Levels { get; init => field = value.OrEmpty(); }
        public bool DistinctApprovers { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public TimeSpan CompleteWithin { get; init; } = TimeSpan.FromHours(168);
        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public TimeSpan GrantValidFor { get; init; } = TimeSpan.FromHours(24);
        public ImmutableArray<string> Watchers { get; init => field = value.OrEmpty(); } = [];
        public string? BusinessKey { get; init; }

        /// <summary>People who decide nothing here, since they gain by it, or wrote what is to be published.</summary>
        public ImmutableArray<string> Barred { get; init => field = value.OrEmpty(); } = [];
    }

    /// <param name="Plan">What the policies ask now; null: what the draft was made with, in the same moment.</param>
    /// <param name="PayloadHash">Of the draft's payload, where the submission brings another snapshot of it; null: it brings none.</param>
    public sealed record Submit(ChainPlan? Plan = null, string? PayloadHash = null) : Command;

    /// <summary>By the system, whenever <see cref="Chain.LevelToEnter"/> names a level.</summary>
    /// <param name="OrExpire">
    /// Where nobody is left to ask: expire the request rather than refuse. For what a timer set off, since a refused timer would come again forever.
    /// </param>
    public sealed record EnterLevel(LevelResolution Resolution, bool OrExpire = false) : Command;

    /// <summary>A human's answer at the open level.</summary>
    public abstract record Decision : Command
    {
        /// <summary>Payload hash of the snapshot that the decider was shown; another one under decision refuses the answer. Null: not told.</summary>
        public string? PayloadHash { get; init; }
    }

    /// <param name="Input">What the request's type asks for at decision time, as canonical JSON; secrets in it are replaced by where the vault has them.</param>
    public sealed record Approve(string? Comment = null, string? Input = null) : Decision;

    /// <param name="Reason">Required; blank is no reason.</param>
    public sealed record Reject(string? Reason) : Decision;

    public sealed record RequestChanges(string? Comment) : Decision;

    /// <summary>Takes snapshot number <see cref="RequestState.Snapshot"/> + 1 and restarts the chain.</summary>
    /// <param name="Plan">What the policies ask now; null: the chain stays as it was.</param>
    public sealed record Resubmit(string PayloadHash, ChainPlan? Plan = null) : Command;

    /// <summary>Changes who is asked at the open level.</summary>
    public abstract record Routing : Command
    {
        /// <summary>What the open level means at this moment; set where the command is decided. Null: it names nobody.</summary>
        [JsonIgnore]
        public LevelResolution? Resolution { get; init; }
    }

    /// <param name="Level">1-based; null: the current one.</param>
    /// <param name="From">Whose place is handed over; null: the caller's own.</param>
    public sealed record Reassign(int? Level, string? From, Candidate? To, string? Reason) : Routing;

    /// <param name="Level">1-based; null: the current one.</param>
    public sealed record AddApprover(int? Level, Candidate? To, string? Reason) : Routing;

    /// <summary>By the system: somebody may act no more, and what waits for them is left to others.</summary>
    public sealed record GiveUp(string Person) : Routing;

    public sealed record AddComment(string Text) : Command;

    public sealed record Withdraw(string? Reason = null) : Command;

    /// <param name="Reason">Required.</param>
    public sealed record Override(string? Reason) : Command;

    /// <summary>By the system, when a reminder is due.</summary>
    public sealed record Remind : Command;

    /// <summary>By the system, when the current level's time to respond is over; the definition says what happens.</summary>
    /// <param name="Resolution">Of the current level, for its escalation targets.</param>
    public sealed record TimeOut(LevelResolution Resolution) : Command;

    /// <summary>By the system, once, when the whole request's time is over.</summary>
    public sealed record ReportOverdue : Command;

    /// <param name="PayloadHash">Of what is about to be executed.</param>
    /// <param name="ExecutionId">Made by the caller of the decider, unique.</param>
    public sealed record ClaimGrant(string PayloadHash, string ExecutionId) : Command;

    public sealed record ReportExecution(string ExecutionId, bool Succeeded) : Command;

    /// <summary>By the system, when a claim was not reported on in time.</summary>
    public sealed record AbandonExecution : Command;
}
