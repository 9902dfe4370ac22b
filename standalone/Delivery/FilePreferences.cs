using System.Collections.Concurrent;
using System.Collections.Immutable;
using Approvals.Notifications;
using Approvals.Ports;
using Approvals.Standalone.Data;
using Approvals.Values;

namespace Approvals.Standalone.Delivery;

/// <summary>People's preferences in one small file of the data directory, replaced whole at each change.</summary>
internal sealed class FilePreferences : IPreferenceStore
{
    private readonly string _path;
    private readonly ConcurrentDictionary<(string Tenant, string Person), HeldBack> _all = new();
    private readonly Lock _writing = new();

    public FilePreferences(string path)
    {
        _path = path;
        if (File.Exists(path))
        {
            foreach (var item in JsonText.Parse(File.ReadAllBytes(path)).Items)
            {
                Take(item);
            }
        }
    }

    public ValueTask<NotificationPreferences> FindAsync(string tenant, string person, CancellationToken cancellation) =>
        new(_all.TryGetValue((tenant, person), out var held) ? held.Preferences : NotificationPreferences.Default);

    public ValueTask SaveAsync(string tenant, string person, NotificationPreferences preferences, DateTimeOffset now, CancellationToken cancellation)
    {
        Write(() => _all[(tenant, person)] = HeldBack.Changed(_all.GetValueOrDefault((tenant, person)), person, preferences, now));
        return default;
    }

    public ValueTask<ImmutableArray<HeldBack>> HoldingAsync(string tenant, CancellationToken cancellation) =>
        new([.. _all.Where(pair => pair.Key.Tenant == tenant && pair.Value.Holds).Select(pair => pair.Value)]);

    public ValueTask MarkSentAsync(string tenant, string person, DateTimeOffset until, CancellationToken cancellation)
    {
        Write(() => _all[(tenant, person)] = HeldBack.Sent(_all.GetValueOrDefault((tenant, person)), person, until));
        return default;
    }

    public ValueTask ChangeBurstsAsync(
        string tenant, string person, Func<ImmutableArray<DateTimeOffset>, ImmutableArray<DateTimeOffset>> change, CancellationToken cancellation)
    {
        Write(() => _all[(tenant, person)] = HeldBack.Changed(_all.GetValueOrDefault((tenant, person)), person, change));
        return default;
    }

    public ValueTask<ImmutableArray<DateTimeOffset>> BurstsAsync(string tenant, string person, CancellationToken cancellation) =>
        new(_all.TryGetValue((tenant, person), out var held) ? held.Bursts : []);

    private void Write(Action change)
    {
        lock (_writing)
        {
            change();
            var items = _all.OrderBy(pair => pair.Key.Tenant, StringComparer.Ordinal).ThenBy(pair => pair.Key.Person, StringComparer.Ordinal)
                .Select(pair => Value.Map(
                    ("tenant", Value.From(pair.Key.Tenant)),
                    ("person", Value.From(pair.Key.Person)),
                    ("sentUntil", Value.From(pair.Value.SentUntil)),
                    ("bursts", Value.List(ImmutableArray.CreateRange(pair.Value.Bursts, burst => Value.From(burst)))),
                    ("preferences", pair.Value.Preferences.ToValue())));
            PrivateFile.Write(_path, JsonText.Canonical(Value.List([.. items])));
        }
    }

    private void Take(Value item)
    {
        var (tenant, person) = (item.At("tenant")!.Value.AsString(), item.At("person")!.Value.AsString());
        if (NotificationPreferences.Read(item.At("preferences")!.Value, out _) is { } read
            && Rfc3339.TryParse(item.At("sentUntil")!.Value.AsString(), out var until))
        {
            _all[(tenant, person)] = new HeldBack(person, read, until)
            {
                // Files of before have none.
                Bursts = item.At("bursts") is { } bursts
                    ? [.. bursts.Items.ToArray().Select(burst => Rfc3339.TryParse(burst.AsString(), out var at) ? at : default)]
                    : [],
            };
        }
    }
}
