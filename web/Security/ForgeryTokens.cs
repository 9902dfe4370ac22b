using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Approvals.Ports;
using Approvals.Web.Rendering;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Security;

/// <summary>
/// The signed double-submit pattern (OWASP, Cross-Site Request Forgery Prevention): a random cookie that only this site's requests carry, and in
/// every form the HMAC over it and over the reader. The field is masked anew in each response, so that compression gives nothing away.
/// </summary>
internal sealed class ForgeryTokens(ISecretKeys keys, SiteCookies cookies)
{
    public const string FieldName = "__forgery";
    public const string CookieName = "approvals-forgery";

    /// <summary>
    /// Readers that begin so hold an approve link. Another site can't know the link, so the field need not be bound to a cookie: browsers inside
    /// mail programs often keep none.
    /// </summary>
    public const string LinkReader = "link/";
    private const string Purpose = "web-forgery";
    private const int NonceSize = 18;

    /// <summary>The field for a page, setting the cookie where the browser has none yet.</summary>
    /// <param name="reader">Tenant and person, or empty before sign-in.</param>
    public ForgeryField Issue(HttpContext http, string reader)
    {
        if (!TryNonce(http, reader, out var nonce))
        {
            nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceSize));
            cookies.Set(http, CookieName, nonce, SameSiteMode.Strict);
        }

        var token = Sign(keys.For(Purpose)[0], nonce, reader);
        var output = new byte[2 * SHA256.HashSizeInBytes];
        var mask = output.AsSpan(0, SHA256.HashSizeInBytes);
        RandomNumberGenerator.Fill(mask);
        Xor(token, mask, output.AsSpan(SHA256.HashSizeInBytes));
        return new ForgeryField(FieldName, Base64Url.EncodeToString(output));
    }

    public bool IsValid(HttpContext http, IFormCollection form, string reader)
    {
        var field = form[FieldName].ToString();
        if (!TryNonce(http, reader, out var nonce) || !Base64Url.IsValid(field))
        {
            return false;
        }

        var input = Base64Url.DecodeFromChars(field);
        if (input.Length != 2 * SHA256.HashSizeInBytes)
        {
            return false;
        }

        var sent = new byte[SHA256.HashSizeInBytes];
        Xor(input.AsSpan(0, sent.Length), input.AsSpan(sent.Length), sent);
        var valid = false;
        foreach (var key in keys.For(Purpose))
        {
            valid |= CryptographicOperations.FixedTimeEquals(Sign(key, nonce, reader), sent);
        }

        return valid;
    }

    private bool TryNonce(HttpContext http, string reader, [NotNullWhen(true)] out string? nonce)
    {
        if (reader.StartsWith(LinkReader, StringComparison.Ordinal))
        {
            nonce = "";
            return true;
        }
        nonce = cookies.Find(http, CookieName);
        return nonce is { Length: > 0 };
    }

    private static byte[] Sign(ReadOnlyMemory<byte> key, string nonce, string reader) =>
        HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes($"{nonce.Length}:{nonce}{reader}"));

    private static void Xor(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = (byte)(left[i] ^ right[i]);
        }
    }
}
