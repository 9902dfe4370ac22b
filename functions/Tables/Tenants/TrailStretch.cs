using System.Globalization;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Entries of one chain that follow each other in the chain and in the tenant's order of arrival.</summary>
/// <param name="Request">Null: the tenant's own chain, whose entries stand in the rows themselves.</param>
/// <param name="Position">Of the first.</param>
/// <param name="Sequence">Of the first.</param>
internal readonly record struct TrailStretch(string? Request, long Position, long Sequence, int Count)
{
    /// <summary>What keys of the trail begin with.</summary>
    public const string First = "e";

    public long Last => Position + Count - 1;

    /// <summary>One of its entries.</summary>
    public TrailStretch At(int offset) => this with { Position = Position + offset, Sequence = Sequence + offset, Count = 1 };

    /// <summary>Keyed by the last position, so that the first row after a position is the one that goes on from there.</summary>
    public static string KeyOf(long last) => $"{First}|{TableKey.Ascending(last)}";

    public TableEntity Onto(TableEntity row)
    {
        row["request"] = Request;
        row["position"] = Position;
        row["sequence"] = Sequence;
        row["count"] = Count;
        return row;
    }

    public static TrailStretch Of(TableEntity row) => new(
        row.GetString("request"), row.GetInt64("position")!.Value, row.GetInt64("sequence")!.Value, row.GetInt32("count")!.Value);

    /// <summary>As a request's own row keeps it.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Position}.{Sequence}.{Count}");

    public static TrailStretch Parse(string request, string text)
    {
        var parts = text.Split('.');
        return new TrailStretch(
            request, long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
