using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Approvals.Notifications;
using Approvals.Ports;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>
/// People's preferences: a tenant is a partition with a row for each person who ever said, and a second one for those whose mail is held back,
/// both written in one transaction. So who is to be mailed later is read without looking at the others.
/// </summary>
internal sealed class TablesPreferenceStore(TableClient table, TimeProvider time) : IPreferenceStore
{
    /// <summary>Each event asks for the same people once for each channel, so what was just read is not read again.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    private const string Said = "preferences";
    private const string Holding = "holding";
    private const int MostRecent = 10_000;
    private const int MostAttempts = 50;

    private readonly ConcurrentDictionary<(string Tenant, string Person), (NotificationPreferences Preferences, long At)> _recent = new();

    /// <summary>What another process saved less than <see cref="Recent"/> ago may not be seen yet.</summary>
    public async ValueTask<NotificationPreferences> FindAsync(string tenant, string person, CancellationToken cancellation)
    {
        if (_recent.TryGetValue((tenant, person), out var recent) && time.GetElapsedTime(recent.At) < Recent)
        {
            return recent.Preferences;
        }

        var readAt = time.GetTimestamp();
        var (held, _) = await ReadAsync(tenant, person, cancellation);
        return Keep(tenant, person, held?.Preferences ?? NotificationPreferences.Default, readAt);
    }

    public ValueTask SaveAsync(string tenant, string person, NotificationPreferences preferences, DateTimeOffset now, CancellationToken cancellation) =>
        ChangeAsync(tenant, person, before => HeldBack.Changed(before, person, preferences, now), cancellation);

    public async ValueTask<ImmutableArray<HeldBack>> HoldingAsync(string tenant, CancellationToken cancellation)
    {
        var holding = ImmutableArray.CreateBuilder<HeldBack>();
        await foreach (var row in table.RowsAsync(TableKey.Of(tenant), Holding, cancellation))
        {
            holding.Add(Held(row));
        }

        return holding.DrainToImmutable();
    }

    public ValueTask MarkSentAsync(string tenant, string person, DateTimeOffset until, CancellationToken cancellation) =>
        ChangeAsync(tenant, person, before => HeldBack.Sent(before, person, until), cancellation);

    public ValueTask ChangeBurstsAsync(
        string tenant, string person, Func<ImmutableArray<DateTimeOffset>, ImmutableArray<DateTimeOffset>> change, CancellationToken cancellation) =>
        ChangeAsync(tenant, person, before => HeldBack.Changed(before, person, change), cancellation);

    public async ValueTask<ImmutableArray<DateTimeOffset>> BurstsAsync(string tenant, string person, CancellationToken cancellation) =>
        (await ReadAsync(tenant, person, cancellation)).Held?.Bursts ?? [];

    private static TableEntity Row(string tenant, string kind, HeldBack held) => new TableEntity(TableKey.Of(tenant), TableKey.Of(kind, held.Person))
    {
        ["Person"] = held.Person,
        ["SentUntil"] = held.SentUntil.UtcTicks,
        ["Bursts"] = string.Join(' ', held.Bursts.Select(burst => burst.UtcTicks.ToString(CultureInfo.InvariantCulture))),
    }.With("Body", held.Preferences, TableJson.Default.NotificationPreferences);

    private static HeldBack Held(TableEntity row) => new(
        row.GetString("Person"),
        row.Read("Body", TableJson.Default.NotificationPreferences),
        new DateTimeOffset(row.GetInt64("SentUntil")!.Value, TimeSpan.Zero))
    {
        // Rows of before have none.
        Bursts =
        [
            .. (row.GetString("Bursts") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(ticks => new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero)),
        ],
    };

    private async Task<(HeldBack? Held, ETag Version)> ReadAsync(string tenant, string person, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(TableKey.Of(tenant), TableKey.Of(Said, person), cancellationToken: cancellation);
        return row.HasValue ? (Held(row.Value!), row.Value!.ETag) : (null, default);
    }

    /// <summary>Carries a change out over what is there, again where somebody else was first.</summary>
    private async ValueTask ChangeAsync(string tenant, string person, Func<HeldBack?, HeldBack> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (before, version) = await ReadAsync(tenant, person, cancellation);
            try
            {
                var after = change(before);
                await table.SubmitTransactionAsync(Actions(tenant, before, version, after), cancellation);
                Keep(tenant, person, after.Preferences, time.GetTimestamp());
                return;
            }
            catch (RequestFailedException fault) when (fault.IsConflict() && attempt < MostAttempts)
            {
                // It is read again.
            }
        }
    }

    private NotificationPreferences Keep(string tenant, string person, NotificationPreferences preferences, long at)
    {
        if (_recent.Count >= MostRecent)
        {
            _recent.Clear();
        }

        _recent[(tenant, person)] = (preferences, at);
        return preferences;
    }

    private static IEnumerable<TableTransactionAction> Actions(string tenant, HeldBack? before, ETag version, HeldBack after)
    {
        var said = Row(tenant, Said, after);
        yield return before is null
            ? new TableTransactionAction(TableTransactionActionType.Add, said)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, said, version);
        if (after.Holds)
        {
            yield return new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(tenant, Holding, after));
        }
        else if (before is { Holds: true })
        {
            yield return new TableTransactionAction(TableTransactionActionType.Delete, Row(tenant, Holding, after), ETag.All);
        }
    }
}
