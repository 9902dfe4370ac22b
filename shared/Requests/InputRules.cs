using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Values;

namespace Approvals.Requests;

/// <summary>
/// The limits of what callers send, whichever entrance it came by: pages, links, tools and the API alike. Applied before anything is
/// stored or recorded, so that nothing outside the limits is kept anywhere, a refusal's entry included.
/// </summary>
public static class InputRules
{
    public const int MaxWatchers = 50;

    /// <summary>Null where everything is within the limits.</summary>
    public static Refusal? Refuse(GateCall call)
    {
        var faults = new Faults();
        faults.Add("/type", TextRule.Line(call.RequestType));
        faults.AddAction(call.ActionType, call.Subject);
        faults.AddSnapshot(call.Title, call.Description, call.Payload);
        return faults.Refusal;
    }

    /// <inheritdoc cref="Refuse(GateCall)"/>
    public static Refusal? Refuse(GateCheck check)
    {
        var faults = new Faults();
        faults.AddAction(check.ActionType, check.Subject);
        faults.AddSnapshot(null, null, check.Payload);
        return faults.Refusal;
    }

    /// <inheritdoc cref="Refuse(GateCall)"/>
    /// <param name="actionType">The request's own, or that of its type.</param>
    public static Refusal? Refuse(DirectRequest request, string actionType)
    {
        var faults = new Faults();
        faults.Add("/requestType", TextRule.Line(request.RequestType));
        faults.AddAction(actionType, request.Subject);
        faults.AddSnapshot(request.Title, request.Description, request.Payload);
        faults.AddWatchers(request.Watchers);
        return faults.Refusal;
    }

    /// <inheritdoc cref="Refuse(GateCall)"/>
    public static Refusal? Refuse(string commandId, CommandDraft draft)
    {
        var faults = new Faults();
        faults.Add("/commandId", TextRule.Line(commandId));
        var (pointer, text) = CommandText.Of(draft.Command);
        if (text is not null)
        {
            faults.Add(pointer, TextRule.Prose(text));
        }
        if (draft.Snapshot is { } snapshot)
        {
            faults.AddSnapshot(snapshot.Title, snapshot.Description, snapshot.Payload);
        }
        return faults.Refusal;
    }

    /// <summary>What is wrong with the input of a decision beyond what its type's schema says.</summary>
    public static ImmutableArray<FieldFault> OfInput(Value input) =>
        PayloadRule.IsTooLarge(input) ? [new FieldFault("", Texts.RefusedPayloadSize)]
        : PayloadRule.IsTooDeep(input) ? [new FieldFault("", Phrase.With(Texts.RefusedPayloadDepth, PayloadRule.MaxDepth))]
        : [];

    /// <summary>Collects what is wrong. Nothing is allocated where nothing is.</summary>
    private struct Faults
    {
        private List<FieldFault>? _all;
        private bool _isTooLarge;

        public readonly Refusal? Refusal =>
            _all is not null ? Chains.Refusal.Of([.. _all])
            : _isTooLarge ? new(RefusalCode.PayloadTooLarge, Texts.RefusedPayloadSize)
            : null;

        public void Add(string pointer, string? message)
        {
            if (message is not null)
            {
                (_all ??= []).Add(new FieldFault(pointer, message));
            }
        }

        /// <summary>An action type that no policy could name would pass by all of them.</summary>
        public void AddAction(string actionType, Subject subject)
        {
            Add("/actionType", ActionPattern.IsActionType(actionType) ? null : Texts.TextActionType);
            Add("/subject/type", TextRule.Line(subject.Type));
            Add("/subject/id", TextRule.Line(subject.Id));
        }

        public void AddSnapshot(string? title, string? description, Value payload)
        {
            Add("/title", title is null ? null : TextRule.Line(title, Snapshot.MaxTitleLength));
            Add("/description", description is null ? null : TextRule.Prose(description));
            if (PayloadRule.IsTooLarge(payload))
            {
                _isTooLarge = true;
            }
            else if (PayloadRule.IsTooDeep(payload))
            {
                Add("/payload", Phrase.With(Texts.RefusedPayloadDepth, PayloadRule.MaxDepth));
            }
        }

        public void AddWatchers(ImmutableArray<string> references)
        {
            Add("/watchers", references.Length > MaxWatchers ? Phrase.With(Texts.RefusedWatchers, MaxWatchers) : null);
            foreach (var reference in references)
            {
                if (!ApproverReference.TryParse(reference, out _, out var error, out _))
                {
                    Add("/watchers", error);
                }
            }
        }
    }
}
