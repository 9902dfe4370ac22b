using Approvals.Audit;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Shared.Tests.Audit;

/// <summary>No single change to a trail that checkpoints cover goes unnoticed.</summary>
public sealed class MutationTests
{
    private static readonly string[] Chains = ["r1", "r2", "r3", AuditChain.TenantChain];

    /// <summary>Each changes a covered trail at a place that the number chooses, and says whether it changed anything.</summary>
    private static readonly Func<Trail, int, bool>[] Mutations =
    [
        ChangeByte,
        ChangeHash,
        ChangeEntryAndHash,
        Remove,
        RemoveChain,
        Repeat,
        Swap,
        Rewrite,
        AddAtEnd,
        (trail, at) => ChangeCheckpoint(trail, at, point => point with { Root = Flip(point.Root) }),
        (trail, at) => ChangeCheckpoint(trail, at, point => point with { At = point.At.AddTicks(1) }),
        (trail, at) => ChangeCheckpoint(trail, at, point => point with { ToPosition = point.ToPosition + 1 }),
        (trail, at) => ChangeCheckpoint(trail, at, point => point with { Number = point.Number - 1 }),
        (trail, at) => ChangeCheckpoint(trail, at, point => point with { Leaves = point.Leaves.RemoveAt(0), Chains = point.Chains - 1 }),
        (trail, at) => ChangeCheckpoint(trail, at, point => point with { Signature = point.Signature.SetItem(9, (byte)(point.Signature[9] ^ 1)) }),
        RemoveCheckpoint,
    ];

    [Fact]
    public void Any_single_mutation_is_found()
    {
        var cases =
            from steps in Gen.Choose(0, (Chains.Length * 2) - 1).NonEmptyListOf()
            from mutation in Gen.Choose(0, Mutations.Length - 1)
            from at in Gen.Choose(0, 10_000)
            select (Steps: steps.ToArray(), Mutation: mutation, At: at);

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var trail = Build(one.Steps);
            return trail.Verify().Valid && (!Mutations[one.Mutation](trail, one.At) || !trail.Verify().Valid);
        }).QuickCheckThrowOnFailure();
    }

    private static Trail Build(int[] steps)
    {
        var trail = new Trail();
        foreach (var step in steps)
        {
            trail.Add(Chains[step / 2]);
            if (step % 2 == 1)
            {
                trail.Check();
            }
        }

        return trail.Check();
    }

    private static bool ChangeByte(Trail trail, int at) => Change(trail, at, entry =>
    {
        var bytes = entry.Canonical.ToArray();
        bytes[at % bytes.Length] ^= 1;
        return entry with { Canonical = bytes };
    });

    private static bool ChangeHash(Trail trail, int at) => Change(trail, at, entry => entry with { Hash = Flip(entry.Hash) });

    private static bool ChangeEntryAndHash(Trail trail, int at) => Change(trail, at, entry =>
    {
        var bytes = entry.Canonical.ToArray();
        bytes[bytes.AsSpan().IndexOf("\"Bo\""u8) + 1] = (byte)'C';
        return entry with { Canonical = bytes, Hash = AuditChain.HashOf(bytes) };
    });

    private static bool Remove(Trail trail, int at)
    {
        trail.Entries.RemoveAt(at % trail.Entries.Count);
        return true;
    }

    private static bool RemoveChain(Trail trail, int at) => trail.Entries.RemoveAll(entry => entry.Chain == Chains[at % Chains.Length]) > 0;

    private static bool Repeat(Trail trail, int at)
    {
        var entry = trail.Entries[at % trail.Entries.Count];
        trail.Entries.Insert((at % trail.Entries.Count) + 1, entry with { Position = entry.Position + 1 });
        return true;
    }

    private static bool Swap(Trail trail, int at)
    {
        var first = at % trail.Entries.Count;
        var second = trail.Entries.FindIndex(first + 1, entry => entry.Chain == trail.Entries[first].Chain);
        if (second < 0)
        {
            return false;
        }

        var (left, right) = (trail.Entries[first], trail.Entries[second]);
        trail.Entries[first] = right with { Position = left.Position };
        trail.Entries[second] = left with { Position = right.Position };
        return true;
    }

    private static bool Rewrite(Trail trail, int at)
    {
        var chain = Chains[at % Chains.Length];
        AuditVerifierTests.Rewrite(trail, chain);
        return trail.Entries.Exists(entry => entry.Chain == chain);
    }

    /// <summary>A well-linked entry more at the end of a chain, within what the checkpoints cover.</summary>
    private static bool AddAtEnd(Trail trail, int at)
    {
        var index = trail.Entries.FindLastIndex(entry => entry.Chain == Chains[at % Chains.Length]);
        if (index < 0)
        {
            return false;
        }

        var head = trail.Entries[index];
        var entry = AuditChain.Append(head.Chain, new ChainHead(head.Sequence, head.Hash), [Trail.Draft("approved", head.Chain)])[0];
        trail.Entries.Insert(index + 1, new StoredEntry(head.Position + 1, head.Chain, entry.Sequence, entry.Canonical, entry.Hash));
        return head.Position + 1 <= trail.Checkpoints[^1].ToPosition;
    }

    private static bool RemoveCheckpoint(Trail trail, int at)
    {
        trail.Mention();
        trail.Checkpoints.RemoveAt(at % trail.Checkpoints.Count);
        return true;
    }

    private static bool ChangeCheckpoint(Trail trail, int at, Func<Checkpoint, Checkpoint> change)
    {
        var index = at % trail.Checkpoints.Count;
        trail.Checkpoints[index] = change(trail.Checkpoints[index]);
        return true;
    }

    private static bool Change(Trail trail, int at, Func<StoredEntry, StoredEntry> change)
    {
        var index = at % trail.Entries.Count;
        trail.Entries[index] = change(trail.Entries[index]);
        return true;
    }

    private static string Flip(string hex) => (hex[0] == '0' ? "1" : "0") + hex[1..];
}
