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

    /// <summary>What was asked for so far: the settings that there are.</summary>
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null where it is missing or empty.</summary>
    public string? Text(string name) => Value(name) is { Length: > 0 } text ? text : null;

    /// <summary>
    /// Refuses settings that nobody asked for, once all were read: a misspelt one would otherwise be without effect, and unnoticed. So settings
    /// are always asked for, also where another decides whether they count.
    /// </summary>
    /// <exception cref="SettingsException">There are some, each with what was probably meant.</exception>
    public void RefuseUnknown()
    {
        RefuseSpelling(configuration);
        var unknown = _section.AsEnumerable(makePathsRelative: true)
            .Where(setting => !string.IsNullOrEmpty(setting.Value) && !_known.Contains(setting.Key) && !IsItem(setting.Key))
            .Select(setting => $"{Name}:{setting.Key}: there is no such setting.{Suggestion.After(setting.Key, _known, known => $"{Name}:{known}")}")
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (unknown.Length > 0)
        {
            throw new SettingsException(string.Join('\n', unknown));
        }
    }

    /// <summary>Refuses names with two underscores, as the environment alone spells them: elsewhere they would be without effect.</summary>
    /// <exception cref="SettingsException">There are some, each as it is to be written.</exception>
    public static void RefuseSpelling(IConfiguration configuration)
    {
        var wrong = configuration.GetChildren()
            .Where(setting => setting.Key.StartsWith(Name + "__", StringComparison.OrdinalIgnoreCase))
            .Select(setting => (setting.Key, Meant: setting.Key.Replace("__", ":", StringComparison.Ordinal)))
            .Select(setting => $"{setting.Key}: only the environment spells settings so. Write --{setting.Meant} on the command line, {setting.Meant} in a file.")
            .ToArray();
        if (wrong.Length > 0)
        {
            throw new SettingsException(string.Join('\n', wrong));
        }
    }

    /// <summary>Whether this is one item of a list.</summary>
    private bool IsItem(string key) =>
        key.LastIndexOf(':') is var colon and > 0 && key.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 && _known.Contains(key[..colon]);

    private string? Value(string name)
    {
        _known.Add(name);
        return _section[name];
    }

    /// <summary>One setting with separators in it, or one a number each.</summary>
    public IReadOnlyList<string> List(string name)
    {
        var listed = _section.GetSection(name).GetChildren().Select(child => child.Value ?? "");
        return [.. (Value(name) ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries), .. listed];
    }

    /// <summary>Like <see cref="List"/>, of names that may have blanks in them.</summary>
    public IReadOnlyList<string> Names(string name)
    {
        var listed = _section.GetSection(name).GetChildren().Select(child => child.Value ?? "");
        return [.. (Value(name) ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), .. listed];
    }

    public Uri? Address(string name, params ReadOnlySpan<string> schemes) => Text(name) is { } text ? Address(name, text, schemes) : null;

    /// <summary>An address from elsewhere, checked as this setting would be.</summary>
    public static Uri Address(string name, string text, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme)
            ? uri
            : throw Wrong(name, $"must be an address beginning with {string.Join(" or ", schemes.ToArray().Select(scheme => scheme + "://"))}.");

    /// <summary>An address without a path: pages and links begin at its root.</summary>
    public Uri? Origin(string name, params ReadOnlySpan<string> schemes) => Text(name) is { } text ? Origin(name, text, schemes) : null;

    /// <inheritdoc cref="Origin(string, ReadOnlySpan{string})"/>
    public static Uri Origin(string name, string text, params ReadOnlySpan<string> schemes) =>
        Address(name, text, schemes) is { PathAndQuery: "/", Fragment: "", UserInfo: "" } uri
            ? uri
            : throw Wrong(name, "must be an address without a path, a query and a user: the service answers at the root of its host.");

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
