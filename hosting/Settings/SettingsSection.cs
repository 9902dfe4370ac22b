using System.Globalization;
using System.Net.Mail;
using Approvals.Policies.Reading;
using Microsoft.Extensions.Configuration;

namespace Approvals.Hosting;

/// <summary>Reads settings below <c>Approvals</c>. What can't be used is a <see cref="SettingsException"/> with a sentence for people, not a default.</summary>
public sealed class SettingsSection(IConfiguration configuration)
{
    public const string Name = "Approvals";

    private readonly IConfigurationSection _section = configuration.GetSection(Name);

    /// <summary>Null where it is missing or empty.</summary>
    public string? Text(string name) => _section[name] is { Length: > 0 } text ? text : null;

    /// <summary>One setting with separators in it, or one a number each.</summary>
    public IReadOnlyList<string> List(string name)
    {
        var listed = _section.GetSection(name).GetChildren().Select(child => child.Value ?? "");
        return [.. (_section[name] ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries), .. listed];
    }

    /// <summary>Like <see cref="List"/>, of names that may have blanks in them.</summary>
    public IReadOnlyList<string> Names(string name)
    {
        var listed = _section.GetSection(name).GetChildren().Select(child => child.Value ?? "");
        return [.. (_section[name] ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), .. listed];
    }

    public Uri? Address(string name, params ReadOnlySpan<string> schemes) => Text(name) is { } text ? Address(name, text, schemes) : null;

    /// <summary>An address from elsewhere, checked as this setting would be.</summary>
    public static Uri Address(string name, string text, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme)
            ? uri
            : throw Wrong(name, $"must be an address beginning with {string.Join(" or ", schemes.ToArray().Select(scheme => scheme + "://"))}.");

    public string? Mailbox(string name) => Text(name) is not { } text ? null
        : MailAddress.TryCreate(text, out _) ? text
        : throw Wrong(name, "must be a mail address.");

    /// <summary>The full path of a file that is there.</summary>
    public string? File(string name) => Text(name) is not { } path ? null
        : System.IO.File.Exists(path) ? Path.GetFullPath(path)
        : throw new SettingsException($"{Name}:{name}: there is no file {path}.");

    /// <summary>The full path of a directory that is there.</summary>
    public string? Directory(string name) => Text(name) is not { } path ? null
        : System.IO.Directory.Exists(path) ? Path.GetFullPath(path)
        : throw new SettingsException($"{Name}:{name}: there is no directory {path}.");

    public TimeSpan Duration(string name, TimeSpan otherwise) => Text(name) is not { } text ? otherwise
        : PolicyDuration.TryParse(text, out var duration) ? duration
        : throw Wrong(name, "must be a duration such as 30m or 1h.");

    public int Number(string name, int otherwise) => Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw Wrong(name, "must be a whole number above 0.");

    private static SettingsException Wrong(string name, string what) => new($"{Name}:{name} {what}");
}
