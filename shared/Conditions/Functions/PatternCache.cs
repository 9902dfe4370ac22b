namespace Approvals.Conditions.Functions;

/// <summary>
/// Patterns that came out of payloads, refused ones too, so that they cost no more than a look-up. One stays once a second evaluation has asked for it;
/// those that come once, as many as a hostile payload may bring, only drive out each other.
/// </summary>
/// <param name="most">Patterns that stay; those not used for longest make room.</param>
/// <param name="mostNew">Patterns that came once.</param>
public sealed class PatternCache(int most = 192, int mostNew = 64)
{
    public static readonly PatternCache Shared = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _new = new(StringComparer.Ordinal);
    private long _uses;

    /// <param name="evaluation">Tells evaluations apart.</param>
    public Pattern Get(string text, object evaluation)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(text, out var kept))
            {
                kept.LastUse = ++_uses;
                return kept.Pattern;
            }
            if (_new.TryGetValue(text, out var known))
            {
                if (!known.First.TryGetTarget(out var first) || !ReferenceEquals(first, evaluation))
                {
                    _new.Remove(text);
                    Keep(text, known);
                }
                return known.Pattern;
            }
            if (_new.Count >= mostNew)
            {
                _new.Clear();
            }
            var entry = new Entry(new Pattern(text), new WeakReference<object>(evaluation));
            _new.Add(text, entry);
            return entry.Pattern;
        }
    }

    private void Keep(string text, Entry entry)
    {
        if (_kept.Count >= most)
        {
            _kept.Remove(_kept.MinBy(kept => kept.Value.LastUse).Key);
        }
        entry.LastUse = ++_uses;
        _kept.Add(text, entry);
    }

    private sealed class Entry(Pattern pattern, WeakReference<object> first)
    {
        public Pattern Pattern => pattern;

        public WeakReference<object> First => first;

        public long LastUse { get; set; }
    }
}
