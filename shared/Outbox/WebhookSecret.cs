using System.Diagnostics.CodeAnalysis;

namespace Approvals.Outbox;

/// <summary>
/// A secret of Standard Webhooks, <c>whsec_</c> and the base64 of 24 to 64 bytes. Nothing else is one: a text that libraries of receivers
/// read in another way, or a key that can be guessed, would make signatures that nobody can verify, or anybody can make.
/// </summary>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    public ReadOnlySpan<byte> Key => _key;

    public static bool TryParse(string text, [NotNullWhen(true)] out WebhookSecret? secret, [NotNullWhen(false)] out string? error)
    {
        secret = null;
        var encoded = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : null;
        var key = new byte[encoded?.Length ?? 0];
        if (encoded is null || !Convert.TryFromBase64String(encoded, key, out var length) || Convert.ToBase64String(key.AsSpan(0, length)) != encoded)
        {
            error = $"a secret is '{Prefix}' and base64 of the usual alphabet, with its padding.";
            return false;
        }
        if (length is < MinBytes or > MaxBytes)
        {
            error = $"a secret has {MinBytes} to {MaxBytes} bytes, not {length}.";
            return false;
        }
        secret = new WebhookSecret(key[..length]);
        error = null;
        return true;
    }
}
