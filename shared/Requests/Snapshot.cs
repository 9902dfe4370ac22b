using Approvals.Actors;
using Approvals.Gate;
using Approvals.Values;

namespace Approvals.Requests;

/// <summary>What was asked, whole, at request time. Never changes; a resubmission takes another.</summary>
public sealed record Snapshot
{
    public const int MaxTitleLength = 500;

    /// <summary>From 1, ascending within the request.</summary>
    public required int Number { get; init; }

    /// <summary>1–500 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The title is a template's, and made anew for another payload.</summary>
    public bool TitleIsMade { get; init; }

    public string? Description { get; init; }

    /// <summary>The requester as they were then: conditions read it as <c>actor</c>.</summary>
    public required Actor Requester { get; init; }

    public required Value Payload { get; init; }

    /// <summary>Lower-case hex SHA-256 of the RFC 8785 form of <see cref="Payload"/>.</summary>
    public required string PayloadHash { get; init; }

    /// <summary>Payload paths masked in notifications, lists and prompts; from the policy.</summary>
    public System.Collections.Immutable.ImmutableArray<string> Sensitive { get; init => field = value.OrEmpty(); } = [];

    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>A text that is shown beside the payload, without what the payload keeps at its sensitive paths.</summary>
    internal string Masked(string text) => SensitiveTexts.Hide(text, SensitiveTexts.Of(Payload, Sensitive));

    /// <summary>
    /// With title and description masked: they are shown in lists, messages and events, where the payload's sensitive values are not. Titles of
    /// templates are masked already.
    /// </summary>
    internal Snapshot WithMaskedTexts() => Sensitive.IsEmpty
        ? this
        : this with { Title = Masked(Title), Description = Description is { } text ? Masked(text) : null };

    /// <summary>The snapshot of a resubmission: another payload under what the policy masks already.</summary>
    public Snapshot Next(Actor requester, Value payload, DateTimeOffset now, string? title = null, string? description = null) => this with
    {
        Number = Number + 1,
        Title = title ?? Title,
        TitleIsMade = title is null && TitleIsMade,
        Description = description ?? Description,
        Requester = requester,
        Payload = payload,
        PayloadHash = Values.PayloadHash.Of(payload),
        TakenAt = now,
    };
}
