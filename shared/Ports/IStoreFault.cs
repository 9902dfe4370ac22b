namespace Approvals.Ports;

/// <summary>What an exception of a store says of itself, whichever host the store belongs to.</summary>
public interface IStoreFault
{
    /// <summary>There is no room. Nothing of what was asked for holds, and it may be asked for again once there is.</summary>
    bool IsFull { get; }
}
