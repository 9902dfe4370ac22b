using System.Net;
using Approvals.Api.Http;
using Approvals.Hosting;
using Approvals.Hosting.Delivery;
using Approvals.Hosting.Model;
using Approvals.Requests;

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
    public required DeliverySettings Delivery { get; init; }

    /// <summary>Null: there is no language model.</summary>
    public required OpenAiSettings? Model { get; init; }
    public required Uri? PublicUrl { get; init; }
    public required int RateLimitPerSecond { get; init; }
    public required OpenLimit OpenLimit { get; init; }
    public required TimeSpan CheckpointEvery { get; init; }

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="SettingsException">One can't be used.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var section = new SettingsSection(configuration);
        var url = SettingsSection.Origin("Url", section.Text("Url") ?? DefaultUrl, "http", "https");
        var signIn = SignInOf(section, url);
        var settings = new Settings
        {
            Url = url,
            DataDirectory = Path.GetFullPath(section.Text("DataDirectory") ?? "./.approvals"),
            DirectoryFile = section.File("DirectoryFile"),
            PoliciesDirectory = section.Directory("PoliciesDirectory"),
            SignIn = signIn,
            TrustedProxies = Proxies(section, signIn),
            Delivery = DeliverySettings.Read(section),
            Model = OpenAiSettings.Read(section, withIdentity: false),
            PublicUrl = section.Origin("PublicUrl", "http", "https"),
            CheckpointEvery = section.Duration("CheckpointEvery", TimeSpan.FromHours(1)),
            RateLimitPerSecond = section.Number("RateLimit", RateLimit.DefaultPerSecond),
            OpenLimit = new OpenLimit(section.Number("MostOpenPerAgent", OpenLimit.Default.Most)),
        };
        section.RefuseUnknown();
        return settings;
    }

    /// <summary>Nobody is anybody by accident: without being asked for, only on this machine and only among the people of the demo.</summary>
    private static SignInKind SignInOf(SettingsSection section, Uri url)
    {
        var isLocal = IsLoopback(url) && (section.Origin("PublicUrl", "http", "https") is not { } address || IsLoopback(address));
        var named = section.List("SignIn");
        if (named.Count == 0)
        {
            return isLocal && section.File("DirectoryFile") is null
                ? SignInKind.Development
                : throw new SettingsException(
                    "Approvals:SignIn must be set (proxy, tokens, development) unless the address and the public address are loopback and the directory is the demo's.");
        }
        var kinds = named.Aggregate(SignInKind.None, (all, text) => all | Kind(text));
        return isLocal || !kinds.HasFlag(SignInKind.Development)
            ? kinds
            : throw new SettingsException(
                "Approvals:SignIn may name development only where Approvals:Url and Approvals:PublicUrl are loopback addresses: it lets everybody be anybody.");
    }

    private static SignInKind Kind(string text) => text switch
    {
        "development" => SignInKind.Development,
        "proxy" => SignInKind.Proxy,
        "tokens" => SignInKind.Tokens,
        _ => throw new SettingsException("Approvals:SignIn must be one or more of development, proxy and tokens, with commas between them."),
    };

    private static IPNetwork[] Proxies(SettingsSection section, SignInKind signIn)
    {
        IPNetwork[] proxies = [.. section.List("TrustedProxies").Select(Network)];
        return !signIn.HasFlag(SignInKind.Proxy) || proxies.Length > 0
            ? proxies
            : throw new SettingsException("Approvals:TrustedProxies must name the proxy's addresses where Approvals:SignIn names proxy: else nobody could sign in.");
    }

    private static bool IsLoopback(Uri url) =>
        url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingsException($"Approvals:TrustedProxies: '{text}' is neither an address nor a network such as 10.0.0.0/24.");
}
