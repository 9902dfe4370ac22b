using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Approvals.Api.Problems;

namespace Approvals.Api.Handlers;

/// <summary>Pages of what is at hand as a whole. A cursor names the last item of the page before.</summary>
internal static class Paging
{
    public static readonly Problem BadCursor = Problem.Invalid("cursor", "Must be the nextCursor of the page before.");

    /// <summary>Null: the cursor is none of this list's.</summary>
    public static Page<T>? Of<T>(ImmutableArray<T> all, PageRequest page, Func<T, string> name)
    {
        var start = 0;
        if (page.Cursor is { } cursor)
        {
            if (Read(cursor) is not { } last || all.Select(name).ToList().IndexOf(last) is var at && at < 0)
            {
                return null;
            }
            start = at + 1;
        }
        var items = all.Skip(start).Take(page.Limit).ToImmutableArray();
        var more = start + items.Length < all.Length;
        return new Page<T>(items, more ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name(items[^1]))) : null);
    }

    private static string? Read(string cursor) =>
        Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : null;
}
