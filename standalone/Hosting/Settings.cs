using System.Net;
using Approvals.Api.Http;
using Approvals.Policies.Reading;
using Approvals.Standalone.Delivery;

namespace Approvals.Standalone.Hosting;

/// <summary>The settings (docs/operations.md): environment (<c>Approvals__Url</c>), <c>appsettings.json</c>, or command line (<c>--Approvals:Url=…</c>).</summary>
internal sealed record Settings
{
    public const string DefaultUrl = "http://localhost:7071";

    public required Uri Url { get; init; }
    public required string DataDirectory { get; init; }
    public required string? DirectoryFile { get; init; }
    public required string? PoliciesDirectory { get; init; }
    public required SignInKind SignIn { get; init; }
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }
    public required string? Webhooks { get; init; }
    public required string? Types { get; init; }
    public required Uri? Mail { get; init; }

    /// <summary>Sender of mail; null: approvals at the public address's host.</summary>
    public string? MailFrom { get; init; }

    /// <summary>JSON file of Teams channels.</summary>
    public string? Teams { get; init; }
    public required Uri? PublicUrl { get; init; }
    public required int RateLimitPerSecond { get; init; }
    public required TimeSpan CheckpointEvery { get; init; }

    /// <summary>Reads and checks them. What can't be used is an error with a sentence for people, not a default.</summary>
    public static Settings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Approvals");
        var url = Address(section["Url"] ?? DefaultUrl, "Url", "http", "https");
        return new Settings
        {
            Url = url,
            DataDirectory = Path.GetFullPath(section["DataDirectory"] ?? "./.approvals"),
            DirectoryFile = File(section, "DirectoryFile"),
            PoliciesDirectory = Directory(section, "PoliciesDirectory"),
            SignIn = Kind(section["SignIn"], url),
            TrustedProxies = Networks(section),
            Webhooks = File(section, "Webhooks"),
            Types = File(section, "Types"),
            Mail = section["Mail"] is { Length: > 0 } mail ? Address(mail, "Mail", SmtpMailSender.Plain, SmtpMailSender.StartTls, SmtpMailSender.Tls) : null,
            MailFrom = section["MailFrom"] is { Length: > 0 } from ? Mailbox(from) : null,
            Teams = File(section, "Teams"),
            PublicUrl = section["PublicUrl"] is { Length: > 0 } publicUrl ? Address(publicUrl, "PublicUrl", "http", "https") : null,
            CheckpointEvery = Duration(section["CheckpointEvery"], "CheckpointEvery", TimeSpan.FromHours(1)),
            RateLimitPerSecond = Number(section["RateLimit"], "RateLimit", RateLimit.DefaultPerSecond),
        };
    }

    private static SignInKind Kind(string? text, Uri url)
    {
        var loopback = IsLoopback(url);
        var kind = text switch
        {
            null or "" => loopback ? SignInKind.Development
                : throw new SettingsException("Approvals:SignIn must be set to proxy or tokens where the address is not loopback."),
            "development" => SignInKind.Development,
            "proxy" => SignInKind.Proxy,
            "tokens" => SignInKind.Tokens,
            _ => throw new SettingsException("Approvals:SignIn must be development, proxy or tokens."),
        };
        return kind != SignInKind.Development || loopback
            ? kind
            : throw new SettingsException("Approvals:SignIn may be development only where Approvals:Url is a loopback address: it lets everybody be anybody.");
    }

    private static bool IsLoopback(Uri url) =>
        url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static IReadOnlyList<IPNetwork> Networks(IConfigurationSection section)
    {
        var listed = section.GetSection("TrustedProxies").GetChildren().Select(child => child.Value ?? "");
        var texts = (section["TrustedProxies"] ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Concat(listed);
        return [.. texts.Select(Network)];
    }

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingsException($"Approvals:TrustedProxies: '{text}' is neither an address nor a network such as 10.0.0.0/24.");

    private static Uri Address(string text, string name, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme)
            ? uri
            : throw new SettingsException($"Approvals:{name} must be an address beginning with {string.Join(" or ", schemes.ToArray().Select(s => s + "://"))}.");

    private static string Mailbox(string text) => System.Net.Mail.MailAddress.TryCreate(text, out _)
        ? text
        : throw new SettingsException("Approvals:MailFrom must be a mail address.");

    private static string? File(IConfigurationSection section, string name) =>
        section[name] is not { Length: > 0 } path ? null
        : System.IO.File.Exists(path) ? Path.GetFullPath(path)
        : throw new SettingsException($"Approvals:{name}: there is no file {path}.");

    private static string? Directory(IConfigurationSection section, string name) =>
        section[name] is not { Length: > 0 } path ? null
        : System.IO.Directory.Exists(path) ? Path.GetFullPath(path)
        : throw new SettingsException($"Approvals:{name}: there is no directory {path}.");

    private static TimeSpan Duration(string? text, string name, TimeSpan otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise
        : PolicyDuration.TryParse(text, out var duration) ? duration
        : throw new SettingsException($"Approvals:{name} must be a duration such as 30m or 1h.");

    private static int Number(string? text, string name, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new SettingsException($"Approvals:{name} must be a whole number above 0.");
}
