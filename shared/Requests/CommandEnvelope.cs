using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Actors;
using Approvals.Chains;

namespace Approvals.Requests;

/// <summary>A command on its way to one request.</summary>
public sealed record CommandEnvelope
{
    public required string Tenant { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Unique within the request; a repeat gets the first receipt.</summary>
    public required string CommandId { get; init; }

    public required Command Command { get; init; }

    public Origin Origin { get; init; } = Origin.Internal;

    /// <summary>Whoever sent it may act no more, now that it has its turn.</summary>
    [JsonIgnore]
    public bool SenderLeft { get; init; }

    /// <summary>The new snapshot that <see cref="Command.Create"/> and <see cref="Command.Resubmit"/> bring.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>People of later levels, who may see the request before their level is entered.</summary>
    public ImmutableArray<string> Involved { get; init => field = value.OrEmpty(); } = [];
}
