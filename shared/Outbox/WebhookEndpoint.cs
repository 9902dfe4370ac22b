using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Outbox;

/// <summary>Where a tenant wants its events sent.</summary>
/// <param name="Types">Event types; <c>approval.*</c> for all below; empty for all.</param>
public sealed record WebhookEndpoint(string Tenant, Uri Url, WebhookSecret Secret, ImmutableArray<string> Types)
{
    private const int MaxEndpoints = 10_000;
    private const int MaxTypes = 50;
    private const int MaxUrl = 2000;
    private static readonly string[] Members = ["tenant", "url", "secret", "types"];

    /// <summary>Stable across restarts; another address is another consumer.</summary>
    public string Name { get; } =
        "webhook-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Tenant}\n{Url.AbsoluteUri}")).AsSpan(0, 8));

    public bool Wants(OutboxEvent happened) => happened.Tenant == Tenant && (Types.IsEmpty || Types.Any(type => Matches(type, happened.Type)));

    /// <summary>Reads the settings file: <c>[{tenant, url, secret, types[]}]</c>. What is wrong with it is a <see cref="FormatException"/> that says it all.</summary>
    public static ImmutableArray<WebhookEndpoint> Parse(ReadOnlySpan<byte> json)
    {
        if (!JsonText.TryParse(json, out var file, out var error))
        {
            throw new FormatException($"The webhooks file is no JSON: {error.Message} (line {error.Line}, column {error.Column}).");
        }

        var errors = new ReadErrors();
        var endpoints = ImmutableArray.CreateBuilder<WebhookEndpoint>();
        foreach (var (item, pointer) in ObjectReader.ReadList(file, "", Named.Part(static () => "The webhooks file"), 0, MaxEndpoints, errors))
        {
            if (One(item, pointer, errors) is not { } endpoint)
            {
                continue;
            }

            if (endpoints.Any(other => other.Name == endpoint.Name))
            {
                errors.Add($"{pointer}/url", "This address comes twice for the tenant.");
            }

            endpoints.Add(endpoint);
        }

        return errors.Any
            ? throw new FormatException(string.Join('\n', errors.As(static wrong => $"{wrong.Pointer}: {ErrorText.Of(wrong.Message, wrong.Suggestion)}")))
            : endpoints.ToImmutable();
    }

    /// <summary>Null where something is wrong with it.</summary>
    private static WebhookEndpoint? One(Value item, string pointer, ReadErrors errors)
    {
        if (!ObjectReader.TryOpen(item, pointer, Named.Part(static () => "A webhook"), errors, Members, out var reader))
        {
            return null;
        }

        var tenant = reader.Line("tenant", TextRule.MaxId, required: true);
        var address = reader.Line("url", MaxUrl, required: true);
        var url = Uri.TryCreate(address, UriKind.Absolute, out var read) && read.Scheme is "http" or "https" ? read : null;
        if (address is not null && url is null)
        {
            reader.Error("url", "It is not an http or https address.");
        }

        WebhookSecret? secret = null;
        if (reader.Line("secret", MaxUrl, required: true) is { } text && !WebhookSecret.TryParse(text, out secret, out var wrong))
        {
            reader.Error("secret", wrong);
        }

        var types = reader.Texts("types", MaxTypes, TextRule.MaxId, check: static type => IsKnown(type) ? null : ("There is no such event type.", Meant(type)));
        return tenant is null || url is null || secret is null ? null : new WebhookEndpoint(tenant, url, secret, types);
    }

    private static bool IsKnown(string pattern) => EventType.All.Any(type => Matches(pattern, type));

    /// <summary>The type, or the group of types, that was meant.</summary>
    private static string? Meant(string type) =>
        Nearest.Word(type, EventType.All.Concat(EventType.All.Select(known => known[..(known.IndexOf('.', StringComparison.Ordinal) + 1)] + '*').Distinct()));

    private static bool Matches(string pattern, string type) =>
        pattern == type || pattern == "*" || (pattern.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal));
}
