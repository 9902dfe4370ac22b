using System.Buffers;
using System.Security.Cryptography;
using Approvals.Audit;
using Approvals.Testing;

namespace Approvals.Shared.Tests.Audit;

public sealed class AuditVerifierTests
{
    private static Trail Covered() => new Trail()
        .Add("r1").Add("r2").Add("r1").Add("tenant").Check()
        .Add("r2").Add("r1").Add("r3").Check()
        .Add("r3").Add("tenant").Check();

    [Fact]
    public void An_untouched_trail_holds()
    {
        Assert.Equal(new AuditVerification(true, 9, null), Covered().Verify());
        Assert.Equal(new AuditVerification(true, 3, null), Covered().VerifyChain("r1"));
        Assert.True(Covered().Add("r4").Verify().Valid);
        Assert.Equal(new AuditVerification(true, 0, null), new Trail().Verify());
    }

    [Fact]
    public void Given_a_changed_entry_when_verified_then_it_is_named()
    {
        var trail = Covered();
        var bytes = trail.Entries[5].Canonical.ToArray();
        bytes[bytes.AsSpan().IndexOf("bo"u8)] = (byte)'z';
        trail.Entries[5] = trail.Entries[5] with { Canonical = bytes };
        Assert.Equal(("r1", 3), Found(trail));
    }

    [Fact]
    public void Given_a_removed_entry_when_verified_then_it_is_named()
    {
        var trail = Covered();
        trail.Entries.RemoveAt(2);
        Assert.Equal(("r1", 2), Found(trail));
    }

    [Fact]
    public void Given_a_chain_rewritten_consistently_when_verified_then_the_checkpoint_tells()
    {
        var trail = Covered();
        Rewrite(trail, "r1");
        var found = trail.Verify();
        Assert.Equal(("r1", 2), (found.FirstInvalid!.RequestId, found.FirstInvalid.Sequence));
        Assert.Contains("rewritten", found.FirstInvalid.Reason, StringComparison.Ordinal);
        Assert.Equal("r1", trail.VerifyChain("r1").FirstInvalid?.RequestId);
        Assert.True(trail.VerifyChain("r2").Valid);
    }

    [Fact]
    public void Given_a_chain_cut_off_when_verified_then_the_first_missing_entry_is_named()
    {
        var trail = Covered();
        trail.Entries.RemoveAll(entry => entry.Chain == "r2" && entry.Sequence == 2);
        Assert.Equal(("r2", 2), Found(trail));
        Assert.Equal(2, trail.VerifyChain("r2").FirstInvalid?.Sequence);

        trail = Covered();
        trail.Entries.RemoveAll(entry => entry.Chain == "r3");
        Assert.Equal(("r3", 1), Found(trail));
    }

    [Fact]
    public void Given_an_added_entry_when_verified_then_it_is_named()
    {
        var trail = Covered();
        var last = trail.Entries[2];
        var added = AuditChain.Append("r9", ChainHead.Empty, [Trail.Draft("approved", "r9")])[0];
        trail.Entries.Insert(3, new StoredEntry(last.Position + 1, "r9", 1, added.Canonical, added.Hash));
        Assert.Equal(("r9", 1), Found(trail));
    }

    [Fact]
    public void Given_a_forged_checkpoint_over_a_rewritten_chain_when_verified_then_its_signature_tells()
    {
        var trail = Covered();
        Rewrite(trail, "r1");
        var other = new EcdsaCheckpointSigner(new FixedKeys(SHA256.HashData("another"u8)));
        Checkpoint? previous = null;
        var forged = new List<Checkpoint>();
        foreach (var checkpoint in trail.Checkpoints)
        {
            var covered = trail.Entries.Where(entry => entry.Position > checkpoint.FromPosition && entry.Position <= checkpoint.ToPosition);
            var made = Trail.Take(previous, covered, other)!;
            forged.Add(previous = made with { KeyId = Trail.Signer.KeyId });
        }

        trail.Checkpoints = forged;
        Assert.Equal(("checkpoints", 1), Found(trail));
        Assert.Equal("checkpoints", trail.VerifyChain("r1").FirstInvalid?.RequestId);
    }

    [Fact]
    public void Given_removed_checkpoints_when_verified_then_it_tells()
    {
        var trail = Covered();
        trail.Checkpoints.RemoveAt(1);
        Assert.Equal(("checkpoints", 2), Found(trail));

        trail = Covered();
        trail.Checkpoints.RemoveAt(2);
        Assert.True(trail.Verify().Valid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Given_last_checkpoints_removed_that_the_trail_mentions_when_verified_then_it_tells(int removed)
    {
        var trail = Covered().Mention();
        Assert.True(trail.Verify().Valid);
        Assert.Equal(new AuditVerification(true, 3, null), trail.VerifyChain("r1"));
        trail.Checkpoints.RemoveRange(3 - removed, removed);
        Assert.Equal(("checkpoints", 3), Found(trail));
        Assert.Contains("taken", trail.Verify().FirstInvalid?.Reason, StringComparison.Ordinal);
        Assert.Equal(new AuditVerification(false, 3, new InvalidEntry("checkpoints", 3, trail.Verify().FirstInvalid!.Reason)), trail.VerifyChain("r1"));
    }

    [Fact]
    public void Given_all_checkpoints_removed_when_others_were_taken_since_then_it_tells()
    {
        var trail = Covered().Mention();
        trail.Checkpoints.Clear();
        for (var i = 0; i < 5; i++)
        {
            trail.Add("r1").Check();
        }

        Assert.Equal(5, trail.Checkpoints.Count);
        Assert.Equal(("checkpoints", 3), Found(trail));
        Assert.Equal("checkpoints", trail.VerifyChain("r2").FirstInvalid?.RequestId);
    }

    [Fact]
    public void Given_a_damaged_mention_when_one_request_is_verified_then_it_is_named()
    {
        var trail = Covered().Mention();
        trail.Entries[^1] = trail.Entries[^1] with { Hash = ChainHead.Empty.Hash };
        Assert.Equal(("tenant", 3), (trail.VerifyChain("r1").FirstInvalid!.RequestId, trail.VerifyChain("r1").FirstInvalid!.Sequence));
    }

    [Fact]
    public async Task Given_a_checkpoint_taken_while_verifying_then_its_mention_is_no_fault()
    {
        var trail = Covered().Mention();
        var late = trail.Checkpoints[2];
        trail.Checkpoints.RemoveAt(2);

        async IAsyncEnumerable<StoredEntry> Entries()
        {
            await Task.CompletedTask;
            foreach (var entry in trail.Entries)
            {
                yield return entry;
            }

            trail.Checkpoints.Add(late);
        }

        Assert.True((await AuditVerifier.VerifyAsync(Trail.Tenant, Entries(), trail, Trail.Signer)).Valid);
    }

    [Fact]
    public void The_mention_of_a_checkpoint_leads_to_no_other()
    {
        var trail = Covered().Mention();
        Assert.Equal(3, trail.Check().Checkpoints.Count);
        Assert.Equal(4, trail.Add("r1").Check().Checkpoints.Count);
        Assert.True(trail.Verify().Valid);
    }

    [Fact]
    public void A_checkpoint_covers_no_more_than_it_may_and_nothing_new_gives_none()
    {
        var trail = new Trail().Add("r1").Add("r2").Add("r1").Check(most: 2).Check(most: 2).Check(most: 2);
        Assert.Equal([(0L, 6L, 2), (6L, 9L, 1)], trail.Checkpoints.Select(point => (point.FromPosition, point.ToPosition, point.Chains)));
        Assert.True(trail.Verify().Valid);
    }

    [Fact]
    public void A_checkpoint_reads_back_as_it_was_written()
    {
        var checkpoint = Covered().Checkpoints[1];
        var output = new ArrayBufferWriter<byte>();
        CheckpointJson.Write(output, checkpoint);

        Assert.True(CheckpointJson.TryRead(output.WrittenSpan, out var read));
        Assert.Equal(checkpoint.Hash, read!.Hash);
        Assert.Equal(checkpoint.Leaves.ToArray(), read.Leaves.ToArray());
        Assert.Equal(checkpoint.Signature.ToArray(), read.Signature.ToArray());
        Assert.False(CheckpointJson.TryRead(output.WrittenSpan[..^9], out _));
        Assert.False(CheckpointJson.TryRead("{}"u8, out _));
    }

    private static (string, long) Found(Trail trail) =>
        trail.Verify().FirstInvalid is { } invalid ? (invalid.RequestId, invalid.Sequence) : ("nothing", 0);

    /// <summary>What somebody would do who can write to the store: the chain is whole in itself again.</summary>
    internal static void Rewrite(Trail trail, string chain)
    {
        var head = ChainHead.Empty;
        for (var i = 0; i < trail.Entries.Count; i++)
        {
            if (trail.Entries[i].Chain == chain)
            {
                var entry = AuditChain.Append(chain, head, [Trail.Draft("approved", chain) with { Reason = "rewritten" }])[0];
                trail.Entries[i] = trail.Entries[i] with { Canonical = entry.Canonical, Hash = entry.Hash };
                head = new ChainHead(entry.Sequence, entry.Hash);
            }
        }
    }
}
