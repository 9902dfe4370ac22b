using System.Runtime.CompilerServices;
using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Ports;
using Approvals.Standalone.Checkpoints;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>A clean stop with more to cover than there is time for.</summary>
public sealed class CheckpointStopTests
{
    [Fact]
    public async Task Stop_whenTheTimeIsUp_keepsWhatIsCovered_andLeavesTheRest()
    {
        await using var storage = await Storage.OpenAsync();
        using var time = new CancellationTokenSource();
        var checkpoints = new MemoryCheckpoints();
        var endless = new EndlessTrail(upTo: CheckpointBuilder.MostEntries + 500, time);
        using var loop = new CheckpointLoop(
            storage.On.Catalog, new CheckpointTaker(endless, storage.On.Engine, checkpoints, storage.On.Signer, storage.Time), storage.Time,
            TimeSpan.FromHours(1), NullLogger<CheckpointLoop>.Instance);

        await loop.StopAsync(time.Token);

        Assert.Equal((1L, (long)CheckpointBuilder.MostEntries), await LastAsync(checkpoints));
        Assert.Equal(CheckpointBuilder.MostEntries + 500, endless.Read);
    }

    private static async Task<(long Number, long Covered)> LastAsync(MemoryCheckpoints checkpoints) =>
        await checkpoints.LastAsync(Office.Tenant, default) is { } last ? (last.Number, last.ToPosition) : (0, 0);

    /// <summary>A trail without an end, during whose reading the time runs out.</summary>
    private sealed class EndlessTrail(long upTo, CancellationTokenSource time) : IAuditStore
    {
        public long Read { get; private set; }

        public async IAsyncEnumerable<StoredEntry> ReadAsync(string tenant, long afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
        {
            for (var position = afterPosition + 1; ; position++)
            {
                if (position > upTo)
                {
                    await time.CancelAsync();
                }

                cancellation.ThrowIfCancellationRequested();
                Read++;
                yield return new StoredEntry(position, "r1", position, "{}"u8.ToArray(), new string('a', 64));
            }
        }

        public ValueTask<Page<StoredEntry>> QueryAsync(AuditQuery query, PageRequest page, CancellationToken cancellation) => throw new NotSupportedException();

        public IAsyncEnumerable<StoredEntry> ExportAsync(AuditQuery query, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<AuditVerification> VerifyAsync(string tenant, string? requestId, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
