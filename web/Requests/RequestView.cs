using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Types;
using Approvals.Values;
using Approvals.Web.Cards;
using Approvals.Web.Payloads;
using Approvals.Web.Trail;

namespace Approvals.Web.Requests;

/// <summary>All that the page of one request shows to one reader.</summary>
public sealed record RequestView
{
    public required StoredRequest Request { get; init; }

    /// <summary>The payload under decision, sensitive fields masked.</summary>
    public required Value Payload { get; init; }

    public required RequestRights Rights { get; init; }

    /// <summary>People whose authority the reader has for this action type.</summary>
    public ImmutableArray<string> ActsFor { get; init; } = [];

    /// <summary>What an approval takes beside a comment.</summary>
    public ImmutableArray<InputField> Input { get; init; } = [];

    /// <summary>What was wrong with that input, by path.</summary>
    public ImmutableDictionary<string, string> InputFaults { get; init; } = ImmutableDictionary<string, string>.Empty;

    public required DecisionWords Words { get; init; }

    /// <summary>The request's type says what its payload must be.</summary>
    public bool IsTyped { get; init; }

    /// <summary>The fields in which a payload is changed for a resubmission.</summary>
    public required FieldSchema ResubmissionSchema { get; init; }

    /// <summary>Null for a direct request.</summary>
    public WhyView? Why { get; init; }

    /// <summary>Against the snapshot before; empty where there is none.</summary>
    public ImmutableArray<PayloadChange> Changes { get; init; } = [];

    /// <summary>How levels of the running round were passed on, oldest first.</summary>
    public ImmutableArray<Escalation> Escalations { get; init; } = [];

    /// <summary>Newest last.</summary>
    public ImmutableArray<TrailItem> History { get; init; } = [];

    /// <summary>Where the history goes on; null: it is all here.</summary>
    public string? HistoryCursor { get; init; }

    /// <summary>The reader's own earlier decisions on requests like this one, newest first.</summary>
    public ImmutableArray<EarlierDecision> Earlier { get; init; } = [];

    /// <summary>What the reader typed into a form that was refused, and why.</summary>
    public RefusedForm? Refused { get; init; }

    public bool HasMoreActions => Rights is { Submit: true } or { Resubmit: true } or { Withdraw: true } or { Reassign: true } or { AddApprover: true } or { Override: true };
}

/// <param name="Name">Null where that version can't be found any more.</param>
/// <param name="Summary">One or two sentences.</param>
/// <param name="Clauses">The parts of the condition and what they came to.</param>
/// <param name="Fault">Why the condition could not be told, where approval was required for that reason.</param>
public sealed record WhyView(
    string Key, int Version, string? Name, string? When, string? Summary, ImmutableArray<ExplainedClause> Clauses, string? Fault);

public sealed record EarlierDecision(string RequestId, string Title, string Action, string? Reason, DateTimeOffset At);

/// <param name="Form">The form's name: <c>decision</c>, <c>comments</c> and so on.</param>
/// <param name="Text">The one text that it has.</param>
/// <param name="Fields">All its fields by their names, where there are more.</param>
public sealed record RefusedForm(string Form, Refusal Refusal, string? Text, ImmutableDictionary<string, string>? Fields = null);
