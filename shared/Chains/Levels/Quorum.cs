namespace Approvals.Chains.Levels;

/// <summary>A quorum as a count of approvals, or as a share of the group's approvers in percent (1–100).</summary>
public sealed record Quorum(int Amount, bool IsPercent)
{
    /// <summary>Approvals needed among <paramref name="approvers"/> people: a share is rounded up, and is at least one.</summary>
    public int Needed(int approvers) =>
        IsPercent ? Math.Max(1, (int)Math.Ceiling(approvers * Amount / 100.0)) : Amount;

    public override string ToString() => IsPercent ? $"{Amount}%" : $"{Amount}";
}
