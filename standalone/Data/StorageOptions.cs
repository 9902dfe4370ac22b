using Approvals.Requests;

namespace Approvals.Standalone.Data;

/// <summary>Settings of what is kept.</summary>
public sealed record StorageOptions
{
    /// <summary>Directory of the database, the keys, the vault and the checkpoints.</summary>
    public string DataDirectory { get; init; } = "./.approvals";

    public OpenLimit OpenLimit { get; init; } = OpenLimit.Default;

    /// <summary>How often checkpoints of the trail are taken.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromHours(1);
}
