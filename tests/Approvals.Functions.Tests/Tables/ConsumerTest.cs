using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Functions.Tests.Tables;

/// <summary>A test of consumers' places; each call of <see cref="Open"/> is another process.</summary>
public abstract class ConsumerTest(AzuriteFixture azurite) : TableTest(azurite)
{
    private protected Consumers Open() => new(Table, Time, NullLogger<Consumers>.Instance);
}
