using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>The settings file of Teams channels: <c>[{tenant, url}]</c>.</summary>
public static class TeamsFile
{
    /// <summary>What is wrong with it is a <see cref="FormatException"/>.</summary>
    public static ImmutableDictionary<string, Uri> Parse(ReadOnlySpan<byte> json)
    {
        if (!JsonText.TryParse(json, out var file, out var error))
        {
            throw new FormatException($"The Teams file is no JSON: {error.Message} (line {error.Line}, column {error.Column}).");
        }

        var channels = ImmutableDictionary.CreateBuilder<string, Uri>();
        foreach (var item in file.Kind == ValueKind.List ? file.Items : throw new FormatException("The Teams file must be a list of {tenant, url}."))
        {
            if (item.Kind == ValueKind.Map && item.Members.Keys.ToArray().Except(["tenant", "url"]).FirstOrDefault() is { } unknown)
            {
                throw new FormatException($"A Teams channel has no member '{unknown}', but 'tenant' and 'url'.");
            }

            if (item.At("tenant") is not { Kind: ValueKind.String } tenant || item.At("url") is not { Kind: ValueKind.String } url
                || !Uri.TryCreate(url.AsString(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
                || !channels.TryAdd(tenant.AsString(), address))
            {
                throw new FormatException("Every Teams channel needs its own 'tenant' and an http or https 'url'.");
            }
        }

        return channels.ToImmutable();
    }
}
