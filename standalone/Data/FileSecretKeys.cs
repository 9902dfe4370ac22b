using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Approvals.Ports;

namespace Approvals.Standalone.Data;

/// <summary>
/// Keys as files <c>{purpose}.{number}.key</c>, readable by the service's account alone. Adding a file with a higher number rotates; removing one ends what
/// it signed. Both are seen within a minute.
/// </summary>
internal sealed class FileSecretKeys(string directory, TimeProvider time) : ISecretKeys
{
    private const int KeyBytes = 32;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long ReadAt, IReadOnlyList<ReadOnlyMemory<byte>> Keys)> known = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public IReadOnlyList<ReadOnlyMemory<byte>> For(string purpose)
    {
        if (known.TryGetValue(purpose, out var found) && time.GetElapsedTime(found.ReadAt) < Remembered)
        {
            return found.Keys;
        }

        lock (gate)
        {
            var keys = Read(purpose);
            if (keys.Count == 0)
            {
                keys = [Make(purpose)];
            }

            known[purpose] = (time.GetTimestamp(), keys);
            return keys;
        }
    }

    private List<ReadOnlyMemory<byte>> Read(string purpose)
    {
        var place = new DirectoryInfo(directory);
        return place.Exists
            ? [.. place.EnumerateFiles($"{purpose}.*.key")
                .Select(file => (file.FullName, Number: NumberOf(file.Name, purpose)))
                .Where(file => file.Number is not null)
                .OrderByDescending(file => file.Number)
                .Select(file => new ReadOnlyMemory<byte>(File.ReadAllBytes(file.FullName)))]
            : [];
    }

    private ReadOnlyMemory<byte> Make(string purpose)
    {
        new DirectoryInfo(directory).Create();
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        PrivateFile.Write(Path.Combine(directory, $"{purpose}.1.key"), key);
        return key;
    }

    private static int? NumberOf(string name, string purpose) =>
        int.TryParse(name.AsSpan(purpose.Length + 1, name.Length - purpose.Length - 5), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
