namespace Approvals.Values;

/// <summary>What a <see cref="Value"/> holds. JSON has the first seven except <see cref="Int"/>; conditions add the rest.</summary>
public enum ValueKind : byte
{
    Null,
    Bool,
    Int,
    Double,
    String,
    List,
    Map,
    Timestamp,
    Duration,
}
