using System.Collections.Concurrent;

namespace Approvals.Standalone.Sqlite;

/// <summary>
/// Read-only connections, lent one reader at a time. In WAL mode a reader sees the last commit and neither waits for the writer nor
/// holds it up. Reads are short: whatever streams borrows again for each stretch, so that no old snapshot keeps the log from being reused.
/// </summary>
internal sealed class ReaderPool : IDisposable
{
    private readonly string path;
    private readonly SemaphoreSlim places;
    private readonly ConcurrentStack<Connection> idle = new();
    private bool disposed;

    public ReaderPool(string path, int most)
    {
        this.path = path;
        places = new SemaphoreSlim(most, most);
    }

    public ValueTask<T> ReadAsync<T>(Func<Connection, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return places.Wait(0, CancellationToken.None) ? new(Read(read)) : WaitAsync(read, cancellation);
    }

    private async ValueTask<T> WaitAsync<T>(Func<Connection, T> read, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        return Read(read);
    }

    private T Read<T>(Func<Connection, T> read)
    {
        Connection? connection = null;
        try
        {
            connection = idle.TryPop(out var free) ? free : Connection.OpenReader(path);
            var result = read(connection);
            connection.ResetAll();
            if (disposed)
            {
                connection.Dispose();
            }
            else
            {
                idle.Push(connection);
            }

            return result;
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose()
    {
        disposed = true;
        while (idle.TryPop(out var connection))
        {
            connection.Dispose();
        }
    }
}
