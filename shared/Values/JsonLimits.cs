namespace Approvals.Values;

/// <summary>What JSON text may cost. A text that goes beyond is refused with its position.</summary>
public sealed record JsonLimits
{
    public static readonly JsonLimits Default = new();

    /// <summary>What somebody sends: a payload in an envelope (<see cref="PayloadRule"/> bounds the payload itself).</summary>
    public static readonly JsonLimits Message = new() { MaxBytes = 1024 * 1024, MaxStringLength = 1024 * 1024, MaxDepth = PayloadRule.MaxDepth + 8 };

    /// <summary>Objects and lists inside one another.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>UTF-8 bytes of the whole text.</summary>
    public int MaxBytes { get; init; } = 256 * 1024;

    /// <summary>UTF-16 units of one string or member name.</summary>
    public int MaxStringLength { get; init; } = 128 * 1024;

    /// <summary>Members of one object or items of one list.</summary>
    public int MaxMembers { get; init; } = 10_000;

    /// <summary>
    /// Take integers beyond 2^53 as doubles where a double holds them exactly as written. Only for text that this service wrote
    /// itself in canonical form, which spells 1e20 out; a caller's big integer is refused, since the next system might round it.
    /// </summary>
    public bool LargeIntegers { get; init; }
}
