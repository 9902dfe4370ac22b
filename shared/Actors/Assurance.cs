using System.Text.Json.Serialization;

namespace Approvals.Actors;

/// <summary>How the credential of a call was recognised. Of the service's own acts, and of what was recorded before it was kept, there is none.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Assurance>))]
public enum Assurance
{
    /// <summary>A person signed in at an identity provider.</summary>
    [JsonStringEnumMemberName("interactive")] Interactive,

    /// <summary>Interactive, and a passkey over this very decision.</summary>
    [JsonStringEnumMemberName("passkey")] Passkey,

    /// <summary>The link of a mail, without sign-in.</summary>
    [JsonStringEnumMemberName("link")] Link,

    /// <summary>A token that a program sent.</summary>
    [JsonStringEnumMemberName("token")] Token,

    /// <summary>A persona of the development sign-in, which there is on a loopback address only.</summary>
    [JsonStringEnumMemberName("development")] Development,
}

/// <summary>What one assurance is worth where another is demanded.</summary>
public static class AssuranceRules
{
    /// <param name="demanded">Interactive or passkey.</param>
    public static bool Satisfies(this Assurance? actual, Assurance demanded) => demanded switch
    {
        Assurance.Interactive => actual is Assurance.Interactive or Assurance.Passkey or Assurance.Development,
        _ => actual == demanded,
    };

    /// <summary>The word that JSON has for it.</summary>
    public static string Word(this Assurance assurance) => assurance switch
    {
        Assurance.Interactive => "interactive",
        Assurance.Passkey => "passkey",
        Assurance.Link => "link",
        Assurance.Token => "token",
        _ => "development",
    };
}
