using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Approvals.Audit;
using Approvals.Ports;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Approvals.Functions.Checkpoints;

/// <summary>
/// Checkpoints as blobs <c>{tenant}/{number}.json</c>, one each, which are created and never touched again, so that the container can be immutable.
/// Numbers in names count down: a listing gives the last one first.
/// </summary>
internal sealed class BlobCheckpoints(BlobContainerClient container) : ICheckpointStore
{
    public const string ContainerName = "checkpoints";

    /// <summary>Downloads at once.</summary>
    private const int AtOnce = 16;

    private static readonly BlobRequestConditions New = new() { IfNoneMatch = ETag.All };

    public async ValueTask<Checkpoint?> LastAsync(string tenant, CancellationToken cancellation)
    {
        var blobs = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{tenant}/", cancellation);
        await foreach (var page in blobs.AsPages(pageSizeHint: 1))
        {
            foreach (var blob in page.Values)
            {
                if (await FindAsync(blob.Name, cancellation) is { } checkpoint)
                {
                    return checkpoint;
                }
            }
        }
        return null;
    }

    /// <exception cref="InvalidOperationException">There is another checkpoint of this number: another worker took one since this one began.</exception>
    public async ValueTask AppendAsync(Checkpoint checkpoint, CancellationToken cancellation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        CheckpointJson.Write(bytes, checkpoint);
        var options = new BlobUploadOptions { Conditions = New, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        try
        {
            await Of(checkpoint.Tenant, checkpoint.Number).UploadAsync(BinaryData.FromBytes(bytes.WrittenMemory), options, cancellation);
        }
        catch (RequestFailedException fault) when (fault.Status is 409 or 412)
        {
            // The client repeats an upload whose answer got lost: then it meets its own.
            var there = await FindAsync(NameOf(checkpoint.Tenant, checkpoint.Number), cancellation);
            if (there?.Hash != checkpoint.Hash)
            {
                throw new InvalidOperationException($"There is another checkpoint {checkpoint.Number} of this tenant.", fault);
            }
        }
    }

    public async IAsyncEnumerable<Checkpoint> ReadAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = await LastAsync(tenant, cancellation);
        for (var number = 1L; number < last?.Number; number += AtOnce)
        {
            var some = Enumerable.Range(0, (int)Math.Min(AtOnce, last.Number - number)).Select(i => FindAsync(NameOf(tenant, number + i), cancellation));
            foreach (var checkpoint in await Task.WhenAll(some))
            {
                // One that is missing or damaged is not made up for: the gap that it leaves is found.
                if (checkpoint is not null)
                {
                    yield return checkpoint;
                }
            }
        }
        if (last is not null)
        {
            yield return last;
        }
    }

    private async Task<Checkpoint?> FindAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var content = await container.GetBlobClient(name).DownloadContentAsync(cancellation);
            return CheckpointJson.TryRead(content.Value.Content.ToMemory().Span, out var checkpoint) ? checkpoint : null;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null;
        }
    }

    private BlobClient Of(string tenant, long number) => container.GetBlobClient(NameOf(tenant, number));

    private static string NameOf(string tenant, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant}/{long.MaxValue - number:D19}.json");
}
