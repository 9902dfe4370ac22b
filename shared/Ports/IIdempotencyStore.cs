namespace Approvals.Ports;

/// <summary>First responses by Idempotency-Key, each for <see cref="Kept"/>. Their bodies are as the API wants them kept: without payloads that are stored elsewhere.</summary>
public interface IIdempotencyStore
{
    static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    ValueTask<StoredResponse?> FindAsync(string tenant, string caller, string key, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Keeps the first response; a later one for the same key is ignored.</summary>
    ValueTask SaveAsync(string tenant, string caller, string key, StoredResponse response, CancellationToken cancellation);
}

/// <param name="BodyHash">Of method, path and body: the same key with another one is refused.</param>
public sealed record StoredResponse(string BodyHash, int Status, string? Location, string ContentType, ReadOnlyMemory<byte> Body, DateTimeOffset At);
