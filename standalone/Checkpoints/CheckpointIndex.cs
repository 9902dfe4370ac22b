using System.Text.Json;

namespace Approvals.Standalone.Checkpoints;

/// <summary>Where each tenant's lines stand in the file, found by reading the file once without its leaves.</summary>
internal sealed class CheckpointIndex
{
    private const int BufferBytes = 1 << 20;

    private readonly Dictionary<string, List<(long Start, int Length)>> lines = new(StringComparer.Ordinal);

    /// <summary>After the last whole line: a line without an end was cut short by a crash, before anyone was told of it.</summary>
    public long End { get; private set; }

    public static CheckpointIndex Of(string path)
    {
        var index = new CheckpointIndex();
        if (!File.Exists(path))
        {
            return index;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferBytes, FileOptions.SequentialScan);
        var line = new List<byte>();
        var buffer = new byte[BufferBytes];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            var rest = buffer.AsSpan(0, read);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.AddRange(rest[..end]);
                index.Add(TenantOf(line) ?? "", index.End, line.Count + 1);
                line.Clear();
            }

            line.AddRange(rest);
        }

        return index;
    }

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<(long Start, int Length)> Lines(string tenant) => lines.TryGetValue(tenant, out var found) ? [.. found] : [];

    public void Add(string tenant, long start, int length)
    {
        if (!lines.TryGetValue(tenant, out var found))
        {
            lines.Add(tenant, found = []);
        }

        found.Add((start, length));
        End = start + length;
    }

    /// <summary>The members behind the leaves, which are the bulk and are followed by <c>number</c>.</summary>
    private static string? TenantOf(List<byte> line)
    {
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line);
        var tail = bytes.LastIndexOf("],\"number\":"u8);
        if (tail < 0)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse((byte[])[(byte)'{', .. bytes[(tail + 2)..]]);
            return json.RootElement.TryGetProperty("tenant"u8, out var tenant) ? tenant.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
