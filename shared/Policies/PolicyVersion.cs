using System.Text.Json.Serialization;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>One version of a policy and where it stands.</summary>
public sealed record PolicyVersion
{
    public required Policy Policy { get; init; }

    /// <summary>From 1, ascending within the key.</summary>
    public required int Version { get; init; }
    public required PolicyStatus Status { get; init; }

    /// <summary>The JSON as it was written.</summary>
    public required Value Source { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>
    /// Number of the version of the key that is active right before this one is, 0: none; nothing is published in place of another. Null: whichever.
    /// </summary>
    public int? Replaces { get; init; }

    /// <summary>The open request that decides on its publication or retirement, if any.</summary>
    public string? PendingRequest { get; init; }
}

/// <summary>draft → active → retired. At most one version of a key is active.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PolicyStatus>))]
public enum PolicyStatus
{
    [JsonStringEnumMemberName("draft")] Draft,
    [JsonStringEnumMemberName("active")] Active,
    [JsonStringEnumMemberName("retired")] Retired,
}
