namespace Approvals.Values;

/// <summary>
/// How large a payload, or the input of a decision, may be, by whichever entrance it comes. Numbers need no rule of their own: a
/// <see cref="Value"/> that was read from text holds them as they were written.
/// </summary>
public static class PayloadRule
{
    /// <summary>UTF-8 bytes of the compact form.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Objects and lists inside one another.</summary>
    public const int MaxDepth = 64;

    /// <summary>No number, flag or null is longer as JSON, with the signs that separate it from the next.</summary>
    private const int LongestScalar = 32;

    /// <summary>No UTF-16 unit takes more bytes in JSON: <c>\u0000</c>.</summary>
    private const int LongestUnit = 6;

    public static bool IsTooLarge(Value payload)
    {
        // Nearly every payload is far from the limit, which can be told without writing it.
        if (LongestForm(payload) <= MaxBytes)
        {
            return false;
        }
        using var text = PooledOutput.Rent();
        JsonText.Write(payload, text);
        return text.Written.Length > MaxBytes;
    }

    public static bool IsTooDeep(Value payload) => IsDeeper(payload, MaxDepth);

    private static bool IsDeeper(Value value, int levels)
    {
        if (value.Kind is not (ValueKind.List or ValueKind.Map))
        {
            return false;
        }
        if (levels == 0)
        {
            return true;
        }
        foreach (var part in value.Kind == ValueKind.List ? value.Items : value.Members.Values)
        {
            if (IsDeeper(part, levels - 1))
            {
                return true;
            }
        }
        return false;
    }

    private static long LongestForm(Value value)
    {
        long size = LongestScalar;
        switch (value.Kind)
        {
            case ValueKind.String:
                size += (long)LongestUnit * value.AsString().Length;
                break;
            case ValueKind.List:
                foreach (var item in value.Items)
                {
                    size += LongestForm(item);
                }
                break;
            case ValueKind.Map:
                foreach (var name in value.Members.Keys)
                {
                    size += (long)LongestUnit * name.Length;
                }
                foreach (var member in value.Members.Values)
                {
                    size += LongestForm(member);
                }
                break;
        }
        return size;
    }
}
