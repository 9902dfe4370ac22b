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
        "A language model drafted it; it reads and compiles without errors. Whether it is what you meant is for you to check.",
        .. unknown.Select(reference => $"The directory has nobody for {reference}."),
        .. policy.Levels.Select((level, i) => $"Level {i + 1}, {level.Name}: {string.Join(", ", level.Groups.SelectMany(group => group.Approvers))}"
            + $"{(level.When is { } when ? $", when {when}" : "")}."),
    ];

    private static ToolCard Nothing(DraftedPolicy draft) => new()
    {
        Title = "No draft",
        Summary = draft.Fault switch
        {
            ModelFault.Busy or ModelFault.Late => "The language model is busy: try again, or write the condition yourself.",
            ModelFault.Refused => "The language model would not draft this: say it differently, or write the condition yourself.",
            null => "What the language model wrote does not compile: say it differently, or write the condition yourself.",
            _ => "The language model gave no usable answer: write the condition yourself.",
        },
        Confidence = 0,
        Why = [.. draft.Errors.Take(MostErrors).Select(error => $"{error.Pointer}: {error.Message}")],
    };
}
