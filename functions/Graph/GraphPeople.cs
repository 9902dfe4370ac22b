using System.Collections.Immutable;
using Approvals.Directory;
using Approvals.Ports;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Graph;

/// <summary>
/// One tenant's people from Microsoft Graph. Once they have been read nobody waits for Graph any more: what is older than it should be is read anew
/// behind the answers, and where that fails the old ones stay.
/// </summary>
internal sealed class GraphPeople(GraphDirectory directory, GraphSettings settings, TimeProvider time, ILogger<GraphPeople> log) : IPeopleSource, IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known? _known;
    private long _askedAt;

    public ValueTask<ImmutableArray<Person>?> ReadAsync(string tenant, CancellationToken cancellation)
    {
        if (!tenant.Equals(settings.Tenant, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }
        if (_known is not { } known)
        {
            return new ValueTask<ImmutableArray<Person>?>(FirstAsync(cancellation));
        }
        if (time.GetElapsedTime(Volatile.Read(ref _askedAt)) >= settings.RefreshEvery && _reading.Wait(0, CancellationToken.None))
        {
            Refreshing = RefreshAsync();
        }
        return new ValueTask<ImmutableArray<Person>?>(known.People);
    }

    /// <summary>What is being read behind the answers.</summary>
    internal Task Refreshing { get; private set; } = Task.CompletedTask;

    public void Dispose() => _reading.Dispose();

    private async Task<ImmutableArray<Person>?> FirstAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            if (_known is null)
            {
                await TakeAsync(cancellation);
            }
            return _known!.People;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await TakeAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The directory could not be read from Microsoft Graph; the one read before stays.");
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task TakeAsync(CancellationToken cancellation)
    {
        // A failure counts as asked, too: Graph is not asked again with every call.
        Volatile.Write(ref _askedAt, time.GetTimestamp());
        var people = await directory.ReadAsync(cancellation);
        if (!directory.Ambiguous.IsEmpty)
        {
            log.LogWarning("Several groups have the same name, which therefore means none of them; name them by their object ids: {Groups}.", string.Join(", ", directory.Ambiguous));
        }
        if (_known is not { } known || !people.SequenceEqual(known.People))
        {
            _known = new Known(people);
        }
    }

    private sealed record Known(ImmutableArray<Person> People);
}
