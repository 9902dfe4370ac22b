using Approvals.Ports;
using Approvals.Standalone.Engine;
using Approvals.Values;

namespace Approvals.Standalone.Sqlite.Feed;

/// <summary>What pages remember for people.</summary>
internal sealed class SqlitePersonalStore(ReaderPool readers, Writer writer) : IPersonalStore
{
    public ValueTask<Value?> FindAsync(string tenant, string person, string name, CancellationToken cancellation) =>
        readers.ReadAsync<Value?>(
            connection =>
            {
                var row = connection.Prepare("SELECT body FROM personal WHERE tenant = ?1 AND person = ?2 AND name = ?3")
                    .Bind(1, tenant).Bind(2, person).Bind(3, name);
                Value? found = row.Step() ? JsonText.Parse(row.Bytes(0)) : null;
                row.Reset();
                return found;
            },
            cancellation);

    public async ValueTask SaveAsync(string tenant, string person, string name, Value value, CancellationToken cancellation)
    {
        var body = JsonText.Canonical(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, IPersonalStore.MaxBytes, nameof(value));
        await writer.RunAsync(
            ledger =>
            {
                ledger.Connection.Prepare("INSERT OR REPLACE INTO personal(tenant, person, name, body) VALUES (?1, ?2, ?3, ?4)")
                    .Bind(1, tenant).Bind(2, person).Bind(3, name).BindText(4, body).Run();
                return true;
            },
            cancellation);
    }
}
