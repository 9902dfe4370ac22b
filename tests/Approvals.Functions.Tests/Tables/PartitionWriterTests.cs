using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tests.Azurite;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tests.Tables;

/// <summary>What a writer expects of rows spares the storage a look, and never decides what is written.</summary>
public sealed class PartitionWriterTests(AzuriteFixture azurite) : TableTest(azurite)
{
    [Fact]
    public async Task Write_newRowThatIsThereAllTheSame_replacesIt()
    {
        await Table.AddEntityAsync(new TableEntity("p", "a") { ["value"] = "old" });

        await PutAsync(new PartitionWriter(Table, "p"), "new", isNew: true);

        Assert.Equal("new", await ValueAsync());
    }

    [Fact]
    public async Task Write_byAPlanThatBelievesARowToBeNew_isPlannedAgainOnTheRowThatIsThere()
    {
        await CountAsync(new PartitionWriter(Table, "p"));

        await CountAsync(new PartitionWriter(Table, "p"), isNew: true);

        Assert.Equal("2", await ValueAsync());
    }

    [Fact]
    public async Task Write_byAPlanThatRightlyBelievesARowToBeNew_asksTheStorageForTheHeadAlone()
    {
        await CountAsync(new PartitionWriter(Table, "p"), isNew: true);

        Assert.Single(Operations.All, operation => operation.StartsWith("GET", StringComparison.Ordinal));
        Assert.Equal("1", await ValueAsync());
    }

    [Fact]
    public async Task Write_knownRowThatIsGone_addsItAgain()
    {
        var writer = new PartitionWriter(Table, "p");
        await PutAsync(writer, "old", isNew: true);
        await Table.DeleteEntityAsync("p", "a", ETag.All);

        await PutAsync(writer, "new", isNew: false);

        Assert.Equal("new", await ValueAsync());
    }

    [Fact]
    public async Task Write_afterAnotherProcess_isPlannedAgainOnWhatThatWrote()
    {
        var (one, other) = (new PartitionWriter(Table, "p"), new PartitionWriter(Table, "p"));
        await CountAsync(one);
        await CountAsync(other);

        await CountAsync(one);

        Assert.Equal("3", await ValueAsync());
    }

    private static Task<bool> CountAsync(PartitionWriter writer, bool isNew = false) => writer.WriteAsync(async batch =>
    {
        var before = await batch.FindAsync("a", isNew);
        var row = batch.Row("a");
        row["value"] = before is null ? "1" : $"{int.Parse(before.GetString("value"), System.Globalization.CultureInfo.InvariantCulture) + 1}";
        batch.Put(row, isNew: before is null);
        return true;
    });

    private static Task<bool> PutAsync(PartitionWriter writer, string value, bool isNew) => writer.WriteAsync(batch =>
    {
        var row = batch.Row("a");
        row["value"] = value;
        batch.Put(row, isNew);
        return new ValueTask<bool>(true);
    });

    private async Task<string> ValueAsync() => (await Table.GetEntityAsync<TableEntity>("p", "a")).Value.GetString("value");
}
