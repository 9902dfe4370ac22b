using System.Text.Json;

namespace Approvals.Audit;

/// <summary>What an entry's own bytes say of its place: read forward only, since verification reads every entry there is.</summary>
internal readonly record struct EntryLink(string Id, string Tenant, string Chain, long Sequence, string PreviousHash)
{
    /// <summary>False where the bytes are no entry.</summary>
    public static bool TryRead(ReadOnlySpan<byte> canonical, out EntryLink link)
    {
        link = new EntryLink("", "", "", 0, "");
        var reader = new Utf8JsonReader(canonical, new JsonReaderOptions { MaxDepth = 128 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                Member(ref reader, ref link);
            }

            return reader.TokenType == JsonTokenType.EndObject && link.Sequence > 0 && link.Chain.Length > 0;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static void Member(ref Utf8JsonReader reader, ref EntryLink link)
    {
        if (reader.ValueTextEquals("chain"u8))
        {
            link = link with { Chain = Text(ref reader) };
        }
        else if (reader.ValueTextEquals("id"u8))
        {
            link = link with { Id = Text(ref reader) };
        }
        else if (reader.ValueTextEquals("previousHash"u8))
        {
            link = link with { PreviousHash = Text(ref reader) };
        }
        else if (reader.ValueTextEquals("tenant"u8))
        {
            link = link with { Tenant = Text(ref reader) };
        }
        else if (reader.ValueTextEquals("sequence"u8))
        {
            reader.Read();
            link = link with { Sequence = reader.GetInt64() };
        }
        else
        {
            reader.Skip();
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? "";
    }
}
