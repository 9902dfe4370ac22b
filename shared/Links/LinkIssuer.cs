using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Approvals.Chains.State;

namespace Approvals.Links;

/// <summary>Makes the links of messages: the same message has the same link at every delivery.</summary>
public sealed class LinkIssuer(LinkTokens tokens)
{
    /// <summary>No link is good for longer, however late a level is due.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Where a level has no due time.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <summary>The path <c>/a/{token}</c>, good until the level is due.</summary>
    /// <param name="messageId">Unique among messages to this person.</param>
    public string PathOf(RequestState state, int level, string approver, string messageId, DateTimeOffset sentAt)
    {
        var due = level >= 1 && level <= state.Levels.Length ? state.Levels[level - 1].DueAt : null;
        var expires = due ?? sentAt + Usual;
        return $"{ApproveLink.Path}/" + tokens.Write(new ApproveLink
        {
            Tenant = state.Tenant,
            RequestId = state.Id,
            Level = level,
            Snapshot = state.Snapshot,
            Approver = approver,
            ExpiresAt = expires < sentAt + Longest ? expires : sentAt + Longest,
            Nonce = SHA256.HashData(Encoding.UTF8.GetBytes($"{messageId}\n{approver}")).AsSpan(0, ApproveLink.NonceSize).ToImmutableArray(),
        });
    }
}
