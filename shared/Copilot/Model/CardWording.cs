using Approvals.Copilot.Cards;
using Approvals.Gate;
using Approvals.Requests;

namespace Approvals.Copilot.Model;

/// <summary>
/// Has a card's summary worded by the language model where there is one. What the card is based on and what may be done about it stay the service's own, and what
/// it said by itself moves to the reasons.
/// </summary>
public sealed class CardWording(ILanguageModel? model)
{
    /// <summary>Of a wording: what it says is checked for numbers and addresses, not for sense.</summary>
    private const double Confidence = 0.9;

    private readonly Rewording _rewording = new(model);

    /// <summary>The card itself where it can't be worded; that it is not in the language asked for is then said.</summary>
    /// <param name="about">The request that the card is about, if any: what is sensitive in its payload is kept off the card, and so from the model.</param>
    /// <param name="language">Null: English, and nobody misses it.</param>
    public async ValueTask<ToolCard> SayAsync(ToolCard card, Snapshot? about, string? language, CancellationToken cancellation)
    {
        card = about is null ? card : Masked(card, about);
        var facts = new WordingFacts { Summary = card.Summary, Details = card.Why };
        if (await _rewording.SayAsync(facts, language, cancellation) is { } wording)
        {
            return card with
            {
                Summary = wording,
                Confidence = Math.Min(card.Confidence, Confidence),
                Why = [card.Summary, .. card.Why],
                Provenance = [.. card.Provenance, new Provenance(ProvenanceSource.Model, model!.Name)],
            };
        }
        return language is null ? card : card with { Why = [.. card.Why, model is null ? Texts.CardNotTranslated : Texts.CardTranslationUnusable] };
    }

    /// <summary>People type into titles and comments what the payload beside them hides.</summary>
    private static ToolCard Masked(ToolCard card, Snapshot about)
    {
        var secrets = SensitiveTexts.Of(about.Payload, about.Sensitive);
        return card with
        {
            Title = SensitiveTexts.Hide(card.Title, secrets),
            Summary = SensitiveTexts.Hide(card.Summary, secrets),
            Why = [.. card.Why.Select(why => SensitiveTexts.Hide(why, secrets))],
        };
    }
}
