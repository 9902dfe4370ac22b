using System.Collections.Immutable;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Copilot.Cards;
using Approvals.Copilot.Model;
using Approvals.Policies;

namespace Approvals.Copilot.Tools;

/// <summary>Somebody's words as a card: the policy that the language model drafted of them, or why there is none. Only the former can be applied.</summary>
internal sealed class FreeTextPolicy(PolicyDrafter drafter)
{
    public const string Argument = "text";

    /// <summary>That it compiles does not say that it is what was meant.</summary>
    private const double Confidence = 0.6;

    private const int MostErrors = 5;

    public async ValueTask<ToolAnswer> CardAsync(Call call, string text)
    {
        var draft = await drafter.DraftAsync(text, call.Caller.Tenant, call.Cancellation);
        if (draft.Fault == ModelFault.Absent)
        {
            return ToolAnswer.Refuse(Problem.Invalid([new FieldError($"/{Argument}", "No language model is set up: send policy, condition or history.")]));
        }
        ImmutableArray<Provenance> provenance = [new(ProvenanceSource.Model, drafter.ModelName)];
        return ToolAnswer.Of(draft.Policy is { } policy
            ? await PolicySuggestion.CardAsync(call, policy, draft.Source, Confidence, Why(policy, draft.Unknown), provenance)
            : Nothing(draft) with { Provenance = provenance });
    }

    private static ImmutableArray<string> Why(Policy policy, ImmutableArray<string> unknown) =>
    [
        Texts.CardDrafted,
        .. unknown.Select(reference => Phrase.With(Texts.CardNobodyFor, reference)),
        .. policy.Levels.Select((level, i) => Phrase.With(
            Texts.CardLevel, i + 1, level.Name,
            string.Join(", ", level.Groups.SelectMany(group => group.Approvers).Concat(level.When is { } when ? [Phrase.With(Texts.CardWhen, when)] : Array.Empty<string>())))),
    ];

    private static ToolCard Nothing(DraftedPolicy draft) => new()
    {
        Title = Texts.CardNoDraft,
        Summary = draft.Fault switch
        {
            ModelFault.Busy or ModelFault.Late => Texts.CardModelBusy,
            ModelFault.Refused => Texts.CardModelRefused,
            null => Texts.CardModelWrong,
            _ => Texts.CardModelUnusable,
        },
        Confidence = 0,
        Why = [.. draft.Errors.Take(MostErrors).Select(error => $"{error.Pointer}: {error.Message}")],
    };
}
