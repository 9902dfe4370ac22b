using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Tokens;

/// <summary>API tokens as text: <c>apt_</c> and 256 random bits. Only the hash is ever stored.</summary>
public static class TokenText
{
    public const string Prefix = "apt_";
    private const int Bytes = 32;
    private const int MaxLength = 200;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsShaped(ReadOnlySpan<char> text) => text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length <= MaxLength;

    /// <summary>Lower-case hex SHA-256. The text has full entropy, so that no salt or stretching is needed.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
