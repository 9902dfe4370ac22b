using Approvals.Values;

namespace Approvals.Ports;

/// <summary>Small things that pages remember for one person: saved views, how far the feed was read. Nothing of it is part of any decision.</summary>
public interface IPersonalStore
{
    /// <summary>UTF-8 bytes of one value at most.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Null where there is nothing under that name.</summary>
    ValueTask<Value?> FindAsync(string tenant, string person, string name, CancellationToken cancellation);

    /// <summary>Replaces what is there; the last writer wins.</summary>
    ValueTask SaveAsync(string tenant, string person, string name, Value value, CancellationToken cancellation);
}
