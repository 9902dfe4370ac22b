using System.Buffers.Text;
using System.Text;

namespace Approvals.Functions.Tables;

/// <summary>Where a list goes on, as opaque text: the row key of the last item that was given, without what all of the list's keys begin with.</summary>
internal static class RowCursor
{
    /// <summary>The service's limit for a key.</summary>
    private const int MaxKey = 512;

    public static string Write(string rowKey, string prefix) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(rowKey[prefix.Length..]));

    /// <summary>The row key to go on after; the prefix, which is below all of the list's keys, where there is no cursor.</summary>
    /// <exception cref="InvalidCursorException">Not one that <see cref="Write"/> made.</exception>
    public static string Read(string? cursor, string prefix)
    {
        if (cursor is null)
        {
            return prefix;
        }

        try
        {
            var rest = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
            return rest.Length is > 0 and <= MaxKey && rest.All(TableKey.Allows) ? prefix + rest : throw new InvalidCursorException();
        }
        catch (FormatException)
        {
            throw new InvalidCursorException();
        }
    }
}
