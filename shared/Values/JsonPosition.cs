using System.Text;

namespace Approvals.Values;

/// <summary>Turns byte offsets into the lines and columns that people count.</summary>
internal static class JsonPosition
{
    public static JsonError Error(string pointer, string message, ReadOnlySpan<byte> utf8, int offset)
    {
        var before = utf8[..Math.Clamp(offset, 0, utf8.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new JsonError(pointer, message, line, column);
    }

    /// <summary>The offset of a 0-based line and byte position.</summary>
    public static int Offset(ReadOnlySpan<byte> utf8, long line, long bytePosition)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            var end = utf8[start..].IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }
            start += end + 1;
        }
        return (int)Math.Min(start + bytePosition, utf8.Length);
    }

    public static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out var size) == System.Buffers.OperationStatus.Done)
        {
            at += size;
        }
        return at;
    }
}
