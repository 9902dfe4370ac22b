using System.Security.Cryptography;
using Approvals.Values;

namespace Approvals.Api.Http;

/// <summary>Ids of what calls make: 32 lower-case hex digits.</summary>
internal static class Ids
{
    private const int Bytes = 16;

    /// <summary>Ascending with time, so that rows made together lie together.</summary>
    public static string New(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    /// <summary>The same for the same parts. The parts are told apart by their canonical form, not by a separator.</summary>
    public static string From(params ReadOnlySpan<string> parts)
    {
        var items = new Value[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            items[i] = Value.From(parts[i]);
        }
        return Convert.ToHexStringLower(SHA256.HashData(JsonText.Canonical(Value.List(items))).AsSpan(0, Bytes));
    }
}
