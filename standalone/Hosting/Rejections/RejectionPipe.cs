using System.Buffers;
using System.IO.Pipelines;

namespace Approvals.Standalone.Hosting.Rejections;

/// <summary>A connection's way out. Once a request was rejected, one answer takes the place of everything that is written after.</summary>
internal sealed class RejectionPipe(PipeWriter inner) : PipeWriter
{
    private const int Scratch = 4096;

    private byte[]? _answer;
    private bool _answered;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <param name="answer">Whole: head and body. The first one counts.</param>
    public void Reject(byte[] answer) => _answer ??= answer;

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        _answer is null ? inner.GetMemory(sizeHint) : new byte[Math.Max(sizeHint, Scratch)];

    public override Span<byte> GetSpan(int sizeHint = 0) =>
        _answer is null ? inner.GetSpan(sizeHint) : new byte[Math.Max(sizeHint, Scratch)];

    public override void Advance(int bytes)
    {
        if (_answer is null)
        {
            inner.Advance(bytes);
        }
        else if (!_answered)
        {
            // The server writes now, so that nothing of an earlier answer is on its way between the two.
            _answered = true;
            inner.Write(_answer);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
}
