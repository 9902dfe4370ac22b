using System.Threading.Channels;
using Approvals.Testing;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Manual time that says when somebody begins to wait, so that a test moves on only then.</summary>
internal sealed class WatchedTime(ManualTime time) : TimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = time.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Completes when the next wait of that length has begun.</summary>
    public async Task WaitBeganAsync(TimeSpan length)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await _waits.Reader.ReadAsync(patience.Token) != length)
        {
        }
    }
}
