using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Gate;

/// <summary>Makes gate calls idempotent: equal calls have equal keys, and one request answers for a key.</summary>
public static class BusinessKey
{
    /// <summary>Lower-case hex SHA-256 over the parts, each preceded by its length so that no two lists of parts run together.</summary>
    /// <param name="requester">Their <see cref="ActorRef.Key"/>.</param>
    /// <param name="origin">A caller's request never answers for one of the service's, nor the other way round.</param>
    public static string Of(
        string tenant, string actionType, Subject subject, string payloadHash, string requester, RequestOrigin origin = RequestOrigin.Gate)
    {
        ReadOnlySpan<string> parts = origin == RequestOrigin.Service
            ? [tenant, actionType, subject.Type, subject.Id, payloadHash, requester, "service"]
            : [tenant, actionType, subject.Type, subject.Id, payloadHash, requester];
        var length = 0;
        foreach (var part in parts)
        {
            length += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }
        // Ids and types are short; what is not may cost an array.
        var bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        var rest = bytes;
        foreach (var part in parts)
        {
            var written = Encoding.UTF8.GetBytes(part, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, written);
            rest = rest[(sizeof(int) + written)..];
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>
    /// Whether the last request with a key still answers a repeated check: while it is open, while its grant can be claimed, and after a
    /// rejection unless the caller asks to <paramref name="reopen"/>. Otherwise a new request is started. An approved one of the service answers until the
    /// service has done it; after that, nobody asks for it again.
    /// </summary>
    public static bool StillAnswers(RequestState state, bool reopen, DateTimeOffset now) => state.Status switch
    {
        RequestStatus.Approved when state.Origin == RequestOrigin.Service => true,
        RequestStatus.Approved => state.Grant is { Execution: null } grant && now < grant.ExpiresAt,
        RequestStatus.Rejected => !reopen,
        RequestStatus.Withdrawn or RequestStatus.Expired => false,
        _ => true,
    };
}
