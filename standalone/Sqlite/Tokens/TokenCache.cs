using System.Collections.Concurrent;
using Approvals.Ports;

namespace Approvals.Standalone.Sqlite.Tokens;

/// <summary>Tokens found lately. What was read before a revocation is not kept after it.</summary>
internal sealed class TokenCache
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, ApiToken> tokens = new(StringComparer.Ordinal);
    private long generation;

    public long Generation => Interlocked.Read(ref generation);

    public ApiToken? Find(string hash) => tokens.GetValueOrDefault(hash);

    /// <param name="read">The generation before the token was read.</param>
    public void Add(ApiToken token, long read)
    {
        if (tokens.Count >= Most)
        {
            tokens.Clear();
        }

        tokens[token.Hash] = token;
        if (Generation != read)
        {
            tokens.TryRemove(token.Hash, out _);
        }
    }

    public void Clear()
    {
        Interlocked.Increment(ref generation);
        tokens.Clear();
    }
}
