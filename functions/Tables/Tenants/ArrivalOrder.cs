namespace Approvals.Functions.Tables.Tenants;

/// <summary>What a checkpoint signed of one chain.</summary>
/// <param name="From">Exclusive: the position up to which the checkpoint before goes.</param>
/// <param name="To">Inclusive.</param>
/// <param name="Sequence">Where the chain stood.</param>
internal readonly record struct CoveredChain(long From, long To, long Sequence);

/// <summary>
/// Gives every entry of a chain one place in the tenant's order of arrival where some have two. A place is a pointer and proves nothing; entries, and what
/// checkpoints signed of them, stay as they are, and decide which of two places can be the right one.
/// </summary>
internal static class ArrivalOrder
{
    /// <summary>The places to keep, in order: from the chain's first entry on, without gaps. Entries behind them have to be given new ones.</summary>
    /// <param name="stretches">All places of the chain.</param>
    /// <param name="covered">What checkpoints signed of the chain, in their order.</param>
    /// <param name="signed">The position up to which the last checkpoint goes; 0: there is none.</param>
    /// <returns>Null: no choice of places agrees with the checkpoints.</returns>
    public static IReadOnlyList<TrailStretch>? Choose(IReadOnlyList<TrailStretch> stretches, IReadOnlyList<CoveredChain> covered, long signed)
    {
        var places = stretches.SelectMany(stretch => Enumerable.Range(0, stretch.Count).Select(stretch.At)).ToLookup(place => place.Sequence);
        var kept = new List<TrailStretch>();
        var last = 0L;
        var sequence = 1L;
        foreach (var part in covered)
        {
            if (part.Sequence < sequence)
            {
                return null;
            }

            for (; sequence <= part.Sequence; sequence++)
            {
                if (Next(part.From, part.To) is not { } place)
                {
                    return null;
                }

                Keep(place);
            }
        }

        while (Next(signed, long.MaxValue) is { } place)
        {
            Keep(place);
            sequence++;
        }

        return kept;

        TrailStretch? Next(long above, long upTo)
        {
            var fitting = places[sequence].Where(place => place.Position > Math.Max(above, last) && place.Position <= upTo).ToList();
            return fitting.Count == 0 ? null : fitting.MinBy(place => place.Position);
        }

        void Keep(TrailStretch place)
        {
            kept.Add(place);
            last = place.Position;
        }
    }

    /// <summary>What is left of a stretch.</summary>
    /// <param name="kept">Single places.</param>
    public static List<TrailStretch> Rest(TrailStretch stretch, IReadOnlySet<TrailStretch> kept)
    {
        var rest = new List<TrailStretch>();
        foreach (var place in Enumerable.Range(0, stretch.Count).Select(stretch.At).Where(kept.Contains))
        {
            if (rest.Count > 0 && rest[^1].Last + 1 == place.Position)
            {
                rest[^1] = rest[^1] with { Count = rest[^1].Count + 1 };
            }
            else
            {
                rest.Add(place);
            }
        }

        return rest;
    }
}
