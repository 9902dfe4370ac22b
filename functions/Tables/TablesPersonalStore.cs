using Approvals.Ports;
using Approvals.Values;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>What pages remember for people: a row each, in the person's partition.</summary>
internal sealed class TablesPersonalStore(TableClient table) : IPersonalStore
{
    private const string Remembered = "value";
    private const string Body = "Body";

    public async ValueTask<Value?> FindAsync(string tenant, string person, string name, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKey.Of(tenant, person), TableKey.Of(Remembered, name), cancellationToken: cancellation);
        return row.HasValue && row.Value!.Bytes(Body) is { } body ? JsonText.Parse(body) : null;
    }

    public async ValueTask SaveAsync(string tenant, string person, string name, Value value, CancellationToken cancellation)
    {
        var body = JsonText.Canonical(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, IPersonalStore.MaxBytes, nameof(value));
        var row = new TableEntity(TableKey.Of(tenant, person), TableKey.Of(Remembered, name)).With(Body, body);
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }
}
