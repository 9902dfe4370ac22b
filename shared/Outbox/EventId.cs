using System.Security.Cryptography;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Ids of events that come from no transition: made of what happened, so that a repeat has the same.</summary>
public static class EventId
{
    private const int Bytes = 16;

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
