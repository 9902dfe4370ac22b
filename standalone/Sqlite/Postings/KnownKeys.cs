namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>Remembers the keys of values that come again and again: people, actions, types. One instance belongs to one thread.</summary>
internal sealed class KnownKeys
{
    private const int Most = 20_000;

    private readonly Dictionary<(PostingKind Kind, long Tenant, string Value), UInt128> known = [];

    public UInt128 Of(PostingKind kind, long tenant, string value)
    {
        if (!known.TryGetValue((kind, tenant, value), out var key))
        {
            key = PostingKey.Of(kind, tenant, value);
            if (known.Count >= Most)
            {
                known.Clear();
            }

            known.Add((kind, tenant, value), key);
        }

        return key;
    }
}
