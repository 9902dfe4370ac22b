namespace Approvals.Load;

/// <summary>Numbers that no earlier run used, so that every gate call is about another bill.</summary>
internal sealed class Numbers
{
    private long last = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;

    public long Next() => Interlocked.Increment(ref last);
}
