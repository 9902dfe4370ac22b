using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>What this process knows of a command that it staged.</summary>
/// <param name="row">With the tag under which its receipt takes its place.</param>
/// <param name="creates">The command is the first of its request.</param>
internal sealed class StagedRow(TableEntity row, bool creates)
{
    public TableEntity Row { get; } = row;

    public bool Creates { get; } = creates;

    /// <summary>It is on its way, so that a repeat only has to wait.</summary>
    public bool Sent { get; set; }
}
