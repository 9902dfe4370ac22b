using System.Buffers;

namespace Approvals.Values;

/// <summary>A growing byte buffer that is kept for the next use on the same thread. Dispose gives it back.</summary>
internal sealed class PooledOutput : IBufferWriter<byte>, IDisposable
{
    private const int Kept = 64 * 1024;

    [ThreadStatic]
    private static PooledOutput? _free;

    private byte[] _buffer = new byte[1024];
    private int _used;

    public static PooledOutput Rent()
    {
        var output = _free ?? new PooledOutput();
        _free = null;
        return output;
    }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _used);

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_used);
    }

    public void Dispose()
    {
        _used = 0;
        if (_buffer.Length <= Kept)
        {
            _free = this;
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = _used + Math.Max(sizeHint, 1);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }
    }
}
