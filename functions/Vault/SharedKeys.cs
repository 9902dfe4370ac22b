using System.Collections.Concurrent;
using System.Security.Cryptography;
using Approvals.Ports;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Vault;

/// <summary>
/// Keys that many workers share. Each remembers them for a while, so that a version signs only once it is so old that every worker knows it; until
/// then it is accepted, and the one before it signs.
/// </summary>
internal sealed class SharedKeys(IKeyStore store, TimeProvider time, ILogger<SharedKeys> log) : ISecretKeys
{
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <summary>Twice as long as it takes until every worker knows a version: their clocks and the store's may differ.</summary>
    public static readonly TimeSpan Known = 2 * Remembered;

    private const int KeyBytes = 32;

    private readonly ConcurrentDictionary<string, (long ReadAt, IReadOnlyList<ReadOnlyMemory<byte>> Keys)> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public IReadOnlyList<ReadOnlyMemory<byte>> For(string purpose)
    {
        if (IsFresh(purpose, out var keys))
        {
            return keys;
        }
        lock (_gate)
        {
            if (IsFresh(purpose, out keys))
            {
                return keys;
            }
            try
            {
                keys = Order(Read(purpose), time.GetUtcNow());
            }
            catch (Exception fault) when (_known.TryGetValue(purpose, out var before))
            {
                log.LogWarning(fault, "The keys could not be read anew; those read before stay.");
                keys = before.Keys;
            }
            _known[purpose] = (time.GetTimestamp(), keys);
            return keys;
        }
    }

    /// <summary>The first signs: the newest that everybody knows, else the oldest. The others follow, newest first.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Order(IReadOnlyList<KeyVersion> versions, DateTimeOffset now)
    {
        var newestFirst = versions.OrderByDescending(version => version.CreatedAt).ToList();
        var first = newestFirst.Find(version => version.CreatedAt <= now - Known) ?? newestFirst[^1];
        return [first.Key, .. newestFirst.Where(version => version != first).Select(version => version.Key)];
    }

    private bool IsFresh(string purpose, out IReadOnlyList<ReadOnlyMemory<byte>> keys)
    {
        var found = _known.TryGetValue(purpose, out var known) && time.GetElapsedTime(known.ReadAt) < Remembered;
        keys = found ? known.Keys : [];
        return found;
    }

    private IReadOnlyList<KeyVersion> Read(string purpose)
    {
        if (store.Read(purpose) is { Count: > 0 } versions)
        {
            return versions;
        }
        store.Add(purpose, RandomNumberGenerator.GetBytes(KeyBytes));
        // Read again: another worker may have made one in the same moment.
        return store.Read(purpose);
    }
}
