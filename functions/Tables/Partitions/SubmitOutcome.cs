namespace Approvals.Functions.Tables.Partitions;

/// <summary>What became of a transaction; anything but <see cref="Written"/> wrote nothing.</summary>
internal enum SubmitOutcome
{
    Written,

    /// <summary>Another process wrote in between.</summary>
    Overtaken,

    /// <summary>A row that should have been new was there, or a known one was gone.</summary>
    Mistaken,
}
