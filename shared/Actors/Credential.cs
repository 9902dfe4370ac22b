using System.Security.Cryptography;
using System.Text;

namespace Approvals.Actors;

/// <summary>Which token or session somebody was signed in with, by a name that is worth nothing to whoever reads it.</summary>
/// <param name="Name"><c>token:{id}</c> or <c>session:{hash}</c>.</param>
public sealed record Credential(string Name)
{
    private const int SessionDigits = 16;

    /// <summary>Identity of who made the token; null: of sessions, and of tokens from before it was kept.</summary>
    public string? MadeBy { get; init; }

    public static Credential OfToken(string id, string? madeBy) => new($"token:{id}") { MadeBy = madeBy };

    /// <param name="id">What the identity provider calls the session; only a hash of it is kept.</param>
    public static Credential OfSession(string id) =>
        new($"session:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..SessionDigits]}");
}
