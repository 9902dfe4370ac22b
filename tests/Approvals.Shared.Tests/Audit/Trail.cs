using System.Collections.Immutable;
using System.Security.Cryptography;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Testing;

namespace Approvals.Shared.Tests.Audit;

/// <summary>A tenant's trail in memory: entries in order of arrival, and checkpoints over them.</summary>
internal sealed class Trail : ICheckpointStore
{
    public const string Tenant = "contoso";
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    public static readonly EcdsaCheckpointSigner Signer = new(new FixedKeys(SHA256.HashData("checkpoint"u8)));

    public List<StoredEntry> Entries { get; set; } = [];

    public List<Checkpoint> Checkpoints { get; set; } = [];

    public static AuditDraft Draft(string action, string? requestId = "r1") => new()
    {
        Tenant = Tenant,
        At = Start,
        Actor = new Actor { Id = "bo", Name = "Bo", Type = ActorType.Human },
        Action = action,
        RequestId = requestId,
        Outcome = AuditOutcome.Ok,
    };

    /// <summary>Appends one entry to a chain.</summary>
    public Trail Add(string chain, string action = "commented") =>
        Add(chain, Draft(action, chain == AuditChain.TenantChain ? null : chain));

    /// <summary>The trail says that its last checkpoint was taken.</summary>
    public Trail Mention() => Add(AuditChain.TenantChain, CheckpointMention.Of(Checkpoints[^1]));

    private Trail Add(string chain, AuditDraft draft)
    {
        var last = Entries.FindLast(entry => entry.Chain == chain);
        var head = last is null ? ChainHead.Empty : new ChainHead(last.Sequence, last.Hash);
        var entry = AuditChain.Append(chain, head, [draft])[0];
        Entries.Add(new StoredEntry((Entries.LastOrDefault()?.Position ?? 0) + 3, chain, entry.Sequence, entry.Canonical, entry.Hash));
        return this;
    }

    public Trail Check(int most = CheckpointBuilder.MostEntries)
    {
        var previous = Checkpoints.LastOrDefault();
        var checkpoint = Take(previous, Entries.Where(entry => entry.Position > (previous?.ToPosition ?? 0)), Signer, most);
        if (checkpoint is not null)
        {
            Checkpoints.Add(checkpoint);
        }

        return this;
    }

    public static Checkpoint? Take(
        Checkpoint? previous, IEnumerable<StoredEntry> entries, ICheckpointSigner signer, int most = CheckpointBuilder.MostEntries) =>
        CheckpointBuilder.BuildAsync(Tenant, previous, entries.ToAsyncEnumerable(), Start, signer, most).AsTask().GetAwaiter().GetResult();

    public AuditVerification Verify() =>
        AuditVerifier.VerifyAsync(Tenant, Entries.ToAsyncEnumerable(), this, Signer).GetAwaiter().GetResult();

    public AuditVerification VerifyChain(string chain) => AuditVerifier
        .VerifyChainAsync(
            Tenant,
            chain,
            Entries.Where(entry => entry.Chain == chain).ToAsyncEnumerable(),
            Entries.Where(entry => entry.Chain != chain && CheckpointMention.Query(Tenant).Matches(AuditFields.Read(entry))).ToAsyncEnumerable(),
            this,
            Signer)
        .GetAwaiter().GetResult();

    public ValueTask<Checkpoint?> LastAsync(string tenant, CancellationToken cancellation) => new(Checkpoints.LastOrDefault());

    public ValueTask AppendAsync(Checkpoint checkpoint, CancellationToken cancellation)
    {
        Checkpoints.Add(checkpoint);
        return default;
    }

    public IAsyncEnumerable<Checkpoint> ReadAsync(string tenant, CancellationToken cancellation) => Checkpoints.ToAsyncEnumerable();
}
