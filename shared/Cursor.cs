using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Approvals;

/// <summary>Where a list goes on, as opaque text: the keys of the last item that was given, never a count of items.</summary>
public static class Cursor
{
    public static string Write(params ReadOnlySpan<long> keys)
    {
        var text = new StringBuilder();
        foreach (var key in keys)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}.");
        }

        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text.ToString(0, text.Length - 1)));
    }

    /// <summary>Null where there is no cursor.</summary>
    /// <exception cref="InvalidCursorException">Not one of this list's.</exception>
    public static ImmutableArray<long>? Read(string? cursor, int keys)
    {
        if (cursor is null)
        {
            return null;
        }

        try
        {
            var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
            return parts.Length == keys
                ? [.. parts.Select(part => long.Parse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))]
                : throw new InvalidCursorException();
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new InvalidCursorException();
        }
    }

    /// <summary>A page of the first <paramref name="limit"/>, where one more says that there are others.</summary>
    public static Page<T> Page<T>(List<T> found, int limit, Func<T, string> cursorOf)
    {
        if (found.Count <= limit)
        {
            return new Page<T>([.. found], null);
        }

        found.RemoveRange(limit, found.Count - limit);
        return new Page<T>([.. found], cursorOf(found[^1]));
    }
}
