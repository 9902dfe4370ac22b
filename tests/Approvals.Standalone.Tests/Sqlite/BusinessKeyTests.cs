using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Testing;

namespace Approvals.Standalone.Tests.Sqlite;

/// <summary>Keys are found as a dictionary would find them, wherever they are on their way to their place.</summary>
public sealed class BusinessKeyTests
{
    private const int Keys = 24;

    /// <summary>Small enough that keys are put away all the time.</summary>
    private const int Most = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Find_anyOrderOfChanges_isWhatADictionaryHolds(int seed)
    {
        using var directory = new TemporaryDirectory();
        using var connection = Connection.OpenWriter(Path.Combine(directory.Path, "some.db"));
        Array.ForEach(Schema.Migrations, connection.Execute);
        var random = new Random(seed);
        var table = Opened(connection);
        var committed = new Dictionary<int, long>();
        var request = 0L;
        for (var transaction = 0; transaction < 400; transaction++)
        {
            connection.Execute("BEGIN");
            var present = new Dictionary<int, long>(committed);
            for (var change = random.Next(4); change >= 0; change--)
            {
                var key = random.Next(Keys);
                if (random.Next(3) > 0)
                {
                    table.Put(1, Name(key), present[key] = ++request);
                }
                else
                {
                    // Sometimes of an earlier request, which has it no more.
                    var whose = present.GetValueOrDefault(key) - random.Next(2);
                    table.Remove(1, Name(key), whose);
                    if (present.GetValueOrDefault(key) == whose)
                    {
                        present.Remove(key);
                    }
                }
            }

            Holds(present, table);
            table.Settle();
            if (random.Next(5) > 0)
            {
                connection.Execute("COMMIT");
                table.Commit();
                committed = present;
            }
            else
            {
                connection.Execute("ROLLBACK");
                table.Rollback();
            }

            table = random.Next(10) == 0 ? Opened(connection) : table;
            Holds(committed, table);
        }

        Assert.True(connection.Number("SELECT count(*) FROM business") > 0);
        Assert.InRange(connection.Number("SELECT (SELECT count(*) FROM business_a) + (SELECT count(*) FROM business_b)")!.Value, 0, 3 * Most);
    }

    private static BusinessKeyTable Opened(Connection connection)
    {
        var table = new BusinessKeyTable(connection, Most);
        table.Open();
        return table;
    }

    private static void Holds(Dictionary<int, long> expected, BusinessKeyTable table) => Assert.All(
        Enumerable.Range(0, Keys), key => Assert.Equal(expected.TryGetValue(key, out var request) ? request : null, table.Find(1, Name(key))));

    private static string Name(int key) => $"key {key}";
}
