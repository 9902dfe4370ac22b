using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>The service's tables: requests, a partition each; tenants, a partition each; events with their consumers; what is personal; responses kept for repeats.</summary>
internal sealed class ServiceTables(TableServiceClient service, TableOptions options)
{
    public TableClient Requests { get; } = service.GetTableClient(options.Prefix + "requests");

    public TableClient Tenants { get; } = service.GetTableClient(options.Prefix + "tenants");

    public TableClient Events { get; } = service.GetTableClient(options.Prefix + "events");

    public TableClient Personal { get; } = service.GetTableClient(options.Prefix + "personal");

    public TableClient Responses { get; } = service.GetTableClient(options.Prefix + "responses");

    /// <summary>Makes those that are not there.</summary>
    public Task CreateAsync(CancellationToken cancellation) => Task.WhenAll(
        new[] { Requests, Tenants, Events, Personal, Responses }.Select(table => table.CreateIfNotExistsAsync(cancellation)));
}
