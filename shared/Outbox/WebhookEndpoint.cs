using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Where a tenant wants its events sent.</summary>
/// <param name="Types">Event types; <c>approval.*</c> for all below; empty for all.</param>
public sealed record WebhookEndpoint(string Tenant, Uri Url, string Secret, ImmutableArray<string> Types)
{
    /// <summary>Stable across restarts; another address is another consumer.</summary>
    public string Name { get; } =
        "webhook-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Tenant}\n{Url.AbsoluteUri}")).AsSpan(0, 8));

    public bool Wants(OutboxEvent happened) => happened.Tenant == Tenant && (Types.IsEmpty || Types.Any(type => Matches(type, happened.Type)));

    /// <summary>Reads the settings file: <c>[{tenant, url, secret, types[]}]</c>. What is wrong with it is a <see cref="FormatException"/>.</summary>
    public static ImmutableArray<WebhookEndpoint> Parse(ReadOnlySpan<byte> json)
    {
        if (!JsonText.TryParse(json, out var file, out var error))
        {
            throw new FormatException($"The webhooks file is no JSON: {error.Message} (line {error.Line}, column {error.Column}).");
        }

        if (file.Kind != ValueKind.List)
        {
            throw new FormatException("The webhooks file must be a list of {tenant, url, secret, types}.");
        }

        var endpoints = ImmutableArray.CreateBuilder<WebhookEndpoint>();
        foreach (var item in file.Items)
        {
            endpoints.Add(One(item, endpoints.Count));
        }

        return endpoints.DistinctBy(endpoint => endpoint.Name).Count() == endpoints.Count
            ? endpoints.ToImmutable()
            : throw new FormatException("The webhooks file names one address twice for a tenant.");
    }

    private static WebhookEndpoint One(Value item, int index)
    {
        string Text(string name) => item.TryGet(name, out var value) && value.Kind == ValueKind.String && value.AsString().Length > 0
            ? value.AsString()
            : throw new FormatException($"Webhook {index} has no '{name}'.");

        if (!Uri.TryCreate(Text("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"The 'url' of webhook {index} is not an http or https address.");
        }

        var types = ImmutableArray.CreateBuilder<string>();
        if (item.TryGet("types", out var listed) && !listed.IsNull)
        {
            foreach (var type in listed.Kind == ValueKind.List ? listed.Items : throw new FormatException($"The 'types' of webhook {index} is no list."))
            {
                types.Add(type.Kind == ValueKind.String ? type.AsString() : throw new FormatException($"A type of webhook {index} is no text."));
            }
        }

        return new WebhookEndpoint(Text("tenant"), url, Text("secret"), types.ToImmutable());
    }

    private static bool Matches(string pattern, string type) =>
        pattern == type || pattern == "*" || (pattern.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal));
}
