using System.Text;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Tenants;
using Azure.Data.Tables;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Whom the rows of inboxes bar, as a request's row in the tenant's partition keeps it.</summary>
public sealed class InboxBarTests
{
    private static TableEntity Row() => new("contoso", "q|r1");

    [Fact]
    public void Of_aRowWritten_isWhatWasWritten()
    {
        var row = InboxBar.Onto(Row(), [new InboxBar("ana", ["bo", "cleo"]), new InboxBar("dan", ["ana"])]);

        Assert.Equal("""[{"person":"ana","barred":["bo","cleo"]},{"person":"dan","barred":["ana"]}]""", Encoding.UTF8.GetString(row.GetBinary("bars")));
        var bars = InboxBar.Of(row);
        Assert.Equal(2, bars.Length);
        Assert.True(bars[0].Is("ana", ["bo", "cleo"]));
        Assert.False(bars[0].Is("ana", ["bo"]));
        Assert.True(bars[1].Is("dan", ["ana"]));
    }

    [Fact]
    public void Of_aRowOfAnEarlierProgram_isWhatItSaid()
    {
        var row = Row().With("barred", ["ana\nbo\ncleo", "dan\nana"], TableJson.Default.ImmutableArrayString);

        var bars = InboxBar.Of(row);

        Assert.Equal(2, bars.Length);
        Assert.True(bars[0].Is("ana", ["bo", "cleo"]));
        Assert.True(bars[1].Is("dan", ["ana"]));
    }

    [Fact]
    public void Of_aRowOfBeforeAnybodyWasBarred_isNobody() => Assert.Empty(InboxBar.Of(Row()));
}
