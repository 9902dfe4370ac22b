using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>Bytes of any length up to 15 × 64 KiB in one row: the service bounds a single property to 64 KiB, and a row to 1 MiB.</summary>
internal static class TableBody
{
    private const int ChunkSize = 64 * 1024;
    private const int MostChunks = 15;

    /// <param name="name">Of the property; further chunks have a number behind it.</param>
    /// <exception cref="InvalidDataException">Longer than a row can hold.</exception>
    public static TableEntity With(this TableEntity row, string name, ReadOnlyMemory<byte> bytes)
    {
        var chunks = Math.Max(1, (bytes.Length + ChunkSize - 1) / ChunkSize);
        if (chunks > MostChunks)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are more than a row can hold.");
        }

        for (var i = 0; i < chunks; i++)
        {
            row[Name(name, i)] = bytes.Slice(i * ChunkSize, Math.Min(ChunkSize, bytes.Length - (i * ChunkSize))).ToArray();
        }

        return row;
    }

    public static TableEntity With<T>(this TableEntity row, string name, T value, JsonTypeInfo<T> type) =>
        row.With(name, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Null where the row has no such property.</summary>
    public static byte[]? Bytes(this TableEntity row, string name)
    {
        if (row.GetBinary(name) is not { } first)
        {
            return null;
        }

        if (first.Length < ChunkSize)
        {
            return first;
        }

        using var all = new MemoryStream();
        for (var (i, chunk) = (1, first); chunk is not null; chunk = row.GetBinary(Name(name, i++)))
        {
            all.Write(chunk);
        }

        return all.ToArray();
    }

    /// <exception cref="InvalidDataException">The property is missing, or is not what this program or an earlier one wrote.</exception>
    public static T Read<T>(this TableEntity row, string name, JsonTypeInfo<T> type)
    {
        try
        {
            return row.Bytes(name) is { } bytes && JsonSerializer.Deserialize(bytes, type) is { } value
                ? value
                : throw new InvalidDataException($"The row {row.PartitionKey}/{row.RowKey} has no {name}.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The row {row.PartitionKey}/{row.RowKey} has a {name} that can't be read.", fault);
        }
    }

    /// <summary>Texts that a row need not have.</summary>
    public static ImmutableArray<string> Texts(this TableEntity row, string name) =>
        row.ContainsKey(name) ? row.Read(name, TableJson.Default.ImmutableArrayString) : [];

    private static string Name(string name, int chunk) => chunk == 0 ? name : $"{name}{chunk}";
}
