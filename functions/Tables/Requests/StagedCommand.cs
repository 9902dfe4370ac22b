using Approvals.Audit;
using Approvals.Chains.Json;
using Approvals.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>
/// A command on its way to the orchestration, which is told its id only: who sent it and what they wrote stays out of its history. When it is
/// carried out its receipt takes its place, so that a repeat finds either.
/// </summary>
internal sealed record StagedCommand(CommandEnvelope Envelope, bool Submit = false, AuditDraft? Attempt = null)
{
    /// <summary>What keys of commands and receipts begin with.</summary>
    public const string First = "c";

    public static string KeyOf(string commandId) => $"{First}|{TableKey.Part(commandId)}";

    public static string KeyOfReceipt(Receipt receipt) => KeyOf(receipt.CommandId);

    public TableEntity ToRow(string partition, DateTimeOffset now)
    {
        var row = new TableEntity(partition, KeyOf(Envelope.CommandId)) { ["open"] = true, ["submit"] = Submit, ["since"] = now }
            .With("envelope", Envelope, ChainJson.Envelope);
        return Attempt is null ? row : row.With("attempt", Attempt, TableJson.Default.AuditDraft);
    }

    public static TableEntity ReceiptRow(string partition, Receipt receipt) =>
        new TableEntity(partition, KeyOfReceipt(receipt)).With("receipt", receipt, ChainJson.Receipt);

    /// <summary>When it was staged; null: by a former version, which did not say so.</summary>
    public static DateTimeOffset? SinceOf(TableEntity row) => row.GetDateTimeOffset("since");

    /// <summary>Null: not carried out yet.</summary>
    public static Receipt? ReceiptOf(TableEntity row) => row.ContainsKey("receipt") ? row.Read("receipt", ChainJson.Receipt) : null;

    public static StagedCommand Of(TableEntity row) => new(
        row.Read("envelope", ChainJson.Envelope),
        row.GetBoolean("submit") ?? false,
        row.ContainsKey("attempt") ? row.Read("attempt", TableJson.Default.AuditDraft) : null);
}
