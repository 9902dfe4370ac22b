using System.Buffers;
using System.Runtime.CompilerServices;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Standalone.Data;

namespace Approvals.Standalone.Checkpoints;

/// <summary>Checkpoints as lines of a file apart from the database, which only ever grows.</summary>
/// <param name="readOnly">Beside a running service: a line that is being written is passed over, not cut off.</param>
internal sealed class CheckpointFile(string path, bool readOnly = false) : ICheckpointStore, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private CheckpointIndex? index;

    public async ValueTask<Checkpoint?> LastAsync(string tenant, CancellationToken cancellation)
    {
        var lines = await LinesAsync(tenant, cancellation);
        return lines.Reverse().Select(Read).FirstOrDefault(checkpoint => checkpoint is not null);
    }

    public async ValueTask AppendAsync(Checkpoint checkpoint, CancellationToken cancellation)
    {
        if (readOnly)
        {
            throw new InvalidOperationException("The checkpoints were opened for reading.");
        }

        var line = new ArrayBufferWriter<byte>();
        CheckpointJson.Write(line, checkpoint);
        line.Write("\n"u8);
        await gate.WaitAsync(cancellation);
        try
        {
            index ??= CheckpointIndex.Of(path);
            var start = index.End;
            using (var file = PrivateFile.OpenToAppend(path, start))
            {
                file.Write(line.WrittenSpan);
                file.Flush(flushToDisk: true);
            }

            index.Add(checkpoint.Tenant, start, line.WrittenCount);
        }
        finally
        {
            gate.Release();
        }
    }

    public async IAsyncEnumerable<Checkpoint> ReadAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var line in await LinesAsync(tenant, cancellation))
        {
            // A line that was damaged is not passed over: the gap that it leaves is found.
            if (Read(line) is { } checkpoint)
            {
                yield return checkpoint;
            }
        }
    }

    private async ValueTask<IReadOnlyList<(long Start, int Length)>> LinesAsync(string tenant, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            index ??= CheckpointIndex.Of(path);
            return index.Lines(tenant);
        }
        finally
        {
            gate.Release();
        }
    }

    private Checkpoint? Read((long Start, int Length) line)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[line.Length];
        var read = RandomAccess.Read(file, bytes, line.Start);
        return CheckpointJson.TryRead(bytes.AsSpan(0, read).TrimEnd((byte)'\n'), out var checkpoint) ? checkpoint : null;
    }

    public void Dispose() => gate.Dispose();
}
