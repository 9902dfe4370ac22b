using System.Collections.Immutable;

namespace Approvals.Links;

/// <summary>What a link lets its holder do: give one answer at one level of one request, as one person, for a time.</summary>
public sealed record ApproveLink
{
    public const int NonceSize = 12;

    /// <summary>Where links lead; the token follows.</summary>
    public const string Path = "/a";

    public required string Tenant { get; init; }

    public required string RequestId { get; init; }

    /// <summary>1-based.</summary>
    public required int Level { get; init; }

    /// <summary>Number of the snapshot that was shown; after a resubmission there is another question.</summary>
    public required int Snapshot { get; init; }

    /// <summary>Who was asked: an approver or their delegate.</summary>
    public required string Approver { get; init; }

    /// <summary>Exclusive; whole seconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Makes every message's link another, and the same at each delivery of one message.</summary>
    public required ImmutableArray<byte> Nonce { get; init; }

    /// <summary>The id of the one command that this link can send.</summary>
    public string CommandId => $"link-{Convert.ToHexStringLower(Nonce.AsSpan())}";
}
