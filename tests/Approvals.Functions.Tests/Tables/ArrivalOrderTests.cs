using Approvals.Functions.Tables.Tenants;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Which of several places an entry keeps.</summary>
public sealed class ArrivalOrderTests
{
    [Fact]
    public void Choose_withoutCheckpoints_keepsTheFirstPlaces() => Assert.Equal([(1, 1), (2, 2), (3, 3), (4, 4), (9, 5)], Chosen([At(1, 1, 4), At(5, 1, 3), At(8, 4, 2)]));

    [Fact]
    public void Choose_checkpointThatCoversBoth_keepsWhatItSigned() =>
        Assert.Equal([(1, 1), (2, 2), (3, 3), (8, 4)], Chosen([At(1, 1, 4), At(5, 1, 3), At(8, 4, 1)], (0, 7, 3)));

    [Fact]
    public void Choose_entryWithoutAPlaceThatFits_isLeftForANewOne() => Assert.Equal([(1, 1), (2, 2), (3, 3)], Chosen([At(1, 1, 4), At(5, 1, 3)], (0, 7, 3)));

    [Fact]
    public void Choose_checkpointBeforeTheRepetition_keepsWhatItSigned() =>
        Assert.Equal([(1, 1), (2, 2), (3, 3), (4, 4), (9, 5)], Chosen([At(1, 1, 4), At(5, 1, 3), At(8, 4, 2)], (0, 4, 4), (4, 9, 5)));

    [Fact]
    public void Choose_checkpointThatCoversNothingButTheRepetition_hasNoAnswer() =>
        Assert.Null(ArrivalOrder.Choose([At(1, 1, 4), At(5, 1, 3)], [new(0, 4, 4), new(4, 7, 3)], 7));

    /// <summary>Whatever is chosen agrees with every checkpoint, and is a chain without gaps and repetitions.</summary>
    [Fact]
    public void Choose_anyRepetitionsAndCheckpoints_agreesWithWhatWasSigned()
    {
        var answers = 0;
        for (var seed = 0; seed < 5000; seed++)
        {
            var (stretches, covered, signed) = Damaged(new Random(seed));
            if (ArrivalOrder.Choose(stretches, covered, signed) is not { } kept)
            {
                continue;
            }

            answers++;
            Assert.Equal(Enumerable.Range(1, kept.Count).Select(sequence => (long)sequence), kept.Select(place => place.Sequence));
            Assert.All(kept.Zip(kept.Skip(1)), pair => Assert.True(pair.First.Position < pair.Second.Position));
            Assert.All(kept, place => Assert.Contains(stretches, stretch => stretch.Position - stretch.Sequence == place.Position - place.Sequence
                && stretch.Sequence <= place.Sequence && place.Position <= stretch.Last));
            Assert.All(covered, part => Assert.Equal(part.Sequence, kept.Last(place => place.Position > part.From && place.Position <= part.To).Sequence));
            Assert.All(
                kept.Where(place => place.Position <= signed),
                place => Assert.Contains(covered, part => place.Position > part.From && place.Position <= part.To));
        }

        Assert.True(answers > 1000, $"{answers}");
    }

    /// <summary>Stretches as two workers left them, others' entries between, and checkpoints in between that sign where the chain then seemed to stand.</summary>
    private static (List<TrailStretch> Stretches, List<CoveredChain> Covered, long Signed) Damaged(Random random)
    {
        var stretches = new List<TrailStretch>();
        var covered = new List<CoveredChain>();
        var (position, end, signed) = (0L, 0L, 0L);
        for (var i = random.Next(2, 6); i > 0; i--)
        {
            var sequence = random.Next(3) == 0 ? 1 : end + 1;
            var stretch = At(position + random.Next(1, 4), sequence, random.Next(1, 5));
            stretches.Add(stretch);
            end = stretch.Sequence + stretch.Count - 1;
            position = stretch.Last;
            if (random.Next(3) == 0)
            {
                covered.Add(new(signed, position, end));
                signed = position;
            }
        }

        return (stretches, covered, signed);
    }

    private static TrailStretch At(long position, long sequence, int count) => new("r1", position, sequence, count);

    private static IEnumerable<(int Position, int Sequence)> Chosen(TrailStretch[] stretches, params (long From, long To, long Sequence)[] covered) =>
        ArrivalOrder.Choose(stretches, [.. covered.Select(part => new CoveredChain(part.From, part.To, part.Sequence))], covered.Length == 0 ? 0 : covered[^1].To)!
            .Select(place => ((int)place.Position, (int)place.Sequence));
}
