using System.Globalization;
using System.Security.Cryptography;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Ids of events: made of what happened, so that a repeat has the same.</summary>
public static class EventId
{
    private const int Bytes = 16;

    /// <summary>Of a transition's event.</summary>
    /// <param name="version">Of the request after the transition.</param>
    /// <param name="number">Among the transition's events, from 0.</param>
    public static string Of(string requestId, long version, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{requestId}-{version}-{number}");

    /// <summary>The version of the request after the transition that the event comes from; null: it comes from none.</summary>
    public static long? VersionOf(OutboxEvent happened)
    {
        var id = happened.Id.AsSpan();
        if (!id.StartsWith(happened.RequestId, StringComparison.Ordinal) || id[happened.RequestId.Length..] is not ['-', .. var rest])
        {
            return null;
        }

        var end = rest.IndexOf('-');
        return end > 0 && long.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    /// <summary>Of an event that comes from no transition.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var items = new Value[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            items[i] = Value.From(parts[i]);
        }
        return Convert.ToHexStringLower(SHA256.HashData(JsonText.Canonical(Value.List(items))).AsSpan(0, Bytes));
    }
}
