using System.Buffers;
using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Audit;

/// <summary>A checkpoint as one line of JSON, the form in which it is kept.</summary>
public static class CheckpointJson
{
    /// <summary>Writes a checkpoint whole, without a line end.</summary>
    public static void Write(IBufferWriter<byte> output, Checkpoint checkpoint)
    {
        var json = new CanonicalWriter(output);
        json.BeginObject();
        Head(ref json, checkpoint);
        json.BeginList("leaves");
        foreach (var leaf in checkpoint.Leaves)
        {
            json.BeginObject();
            json.Member("chain", leaf.Chain);
            json.Member("hash", leaf.Hash);
            json.Member("sequence", leaf.Sequence);
            json.EndObject();
        }

        json.EndList();
        Middle(ref json, checkpoint);
        json.Member("signature", Convert.ToBase64String(checkpoint.Signature.AsSpan()));
        Tail(ref json, checkpoint);
        json.EndObject();
        json.Flush();
    }

    /// <summary>Reads a line. False where it is not a whole checkpoint.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        try
        {
            var json = JsonText.Parse(line);
            checkpoint = new Checkpoint
            {
                Number = json.At("number")!.Value.AsInt(),
                Tenant = json.At("tenant")!.Value.AsString(),
                At = Rfc3339.TryParse(json.At("at")!.Value.AsString(), out var at) ? at : throw new FormatException("at"),
                FromPosition = json.At("fromPosition")!.Value.AsInt(),
                ToPosition = json.At("toPosition")!.Value.AsInt(),
                Chains = (int)json.At("chains")!.Value.AsInt(),
                Root = json.At("root")!.Value.AsString(),
                PreviousHash = json.At("previousHash")!.Value.AsString(),
                KeyId = json.At("keyId")!.Value.AsString(),
                Signature = [.. Convert.FromBase64String(json.At("signature")!.Value.AsString())],
                Leaves = Leaves(json.At("leaves")!.Value.Items),
            };
            return true;
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    internal static void WriteSigned(IBufferWriter<byte> output, Checkpoint checkpoint)
    {
        var json = new CanonicalWriter(output);
        json.BeginObject();
        Head(ref json, checkpoint);
        Middle(ref json, checkpoint);
        Tail(ref json, checkpoint);
        json.EndObject();
        json.Flush();
    }

    private static void Head(ref CanonicalWriter json, Checkpoint checkpoint)
    {
        json.Member("at", checkpoint.At);
        json.Member("chains", checkpoint.Chains);
        json.Member("fromPosition", checkpoint.FromPosition);
        json.Member("keyId", checkpoint.KeyId);
    }

    private static void Middle(ref CanonicalWriter json, Checkpoint checkpoint)
    {
        json.Member("number", checkpoint.Number);
        json.Member("previousHash", checkpoint.PreviousHash);
        json.Member("root", checkpoint.Root);
    }

    private static void Tail(ref CanonicalWriter json, Checkpoint checkpoint)
    {
        json.Member("tenant", checkpoint.Tenant);
        json.Member("toPosition", checkpoint.ToPosition);
    }

    private static ImmutableArray<CheckpointLeaf> Leaves(ReadOnlySpan<Value> items)
    {
        var leaves = ImmutableArray.CreateBuilder<CheckpointLeaf>(items.Length);
        foreach (var item in items)
        {
            leaves.Add(new CheckpointLeaf(
                item.At("chain")!.Value.AsString(), item.At("sequence")!.Value.AsInt(), item.At("hash")!.Value.AsString()));
        }

        return leaves.MoveToImmutable();
    }
}
