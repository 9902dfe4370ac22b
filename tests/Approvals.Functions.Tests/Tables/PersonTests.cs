using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Notifications;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Preferences, and what pages remember, in one table.</summary>
public sealed class PersonTests(AzuriteFixture azurite) : TableTest(azurite)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly NotificationPreferences Digest = new() { DigestAt = new TimeOnly(8, 0), Teams = false };
    private static readonly NotificationPreferences Quiet = new() { QuietFrom = new TimeOnly(22, 0), QuietUntil = new TimeOnly(7, 30) };

    private TablesPreferenceStore? _preferences;

    private TablesPreferenceStore Preferences => _preferences ??= new TablesPreferenceStore(Table, Time);

    private TablesPersonalStore Personal => new(Table);

    [Fact]
    public async Task Preferences_neverSaid_areTheDefault()
    {
        Assert.Equal(NotificationPreferences.Default, await Preferences.FindAsync("contoso", "ana", None));
        Assert.Empty(await Preferences.HoldingAsync("contoso", None));
    }

    [Fact]
    public async Task Preferences_saved_areFound_andThoseThatHoldAreListed()
    {
        await Preferences.SaveAsync("contoso", "ana", Digest, Start, None);
        await Preferences.SaveAsync("contoso", "cleo", new NotificationPreferences { Email = false }, Start, None);
        await Preferences.SaveAsync("fabrikam", "ana", Quiet, Start, None);

        Time.Advance(TablesPreferenceStore.Recent);
        Assert.Equal(Digest, await Preferences.FindAsync("contoso", "ana", None));
        Assert.False((await Preferences.FindAsync("contoso", "cleo", None)).Email);
        Assert.Equal<HeldBack>([new HeldBack("ana", Digest, Start)], await Preferences.HoldingAsync("contoso", None));
        Assert.Equal<HeldBack>([new HeldBack("ana", Quiet, Start)], await Preferences.HoldingAsync("fabrikam", None));
    }

    [Fact]
    public async Task Preferences_changedWhileHolding_keepWhatWasHeldBack()
    {
        await Preferences.SaveAsync("contoso", "ana", Digest, Start, None);
        await Preferences.SaveAsync("contoso", "ana", Quiet, Start.AddHours(1), None);
        Assert.Equal<HeldBack>([new HeldBack("ana", Quiet, Start)], await Preferences.HoldingAsync("contoso", None));

        await Preferences.MarkSentAsync("contoso", "ana", Start.AddHours(2), None);
        Assert.Equal<HeldBack>([new HeldBack("ana", Quiet, Start.AddHours(2))], await Preferences.HoldingAsync("contoso", None));

        await Preferences.SaveAsync("contoso", "ana", NotificationPreferences.Default, Start.AddHours(3), None);
        Assert.Empty(await Preferences.HoldingAsync("contoso", None));
        await Preferences.SaveAsync("contoso", "ana", Digest, Start.AddHours(4), None);
        Assert.Equal<HeldBack>([new HeldBack("ana", Digest, Start.AddHours(4))], await Preferences.HoldingAsync("contoso", None));
    }

    [Fact]
    public async Task Preferences_manyChangesAtOnce_areOneOfThem_inBothRows()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i % 2 == 0
            ? Preferences.SaveAsync("contoso", "ana", Digest with { DigestAt = new TimeOnly(i, 0) }, Start, None).AsTask()
            : Preferences.MarkSentAsync("contoso", "ana", Start.AddMinutes(i), None).AsTask()));

        Time.Advance(TablesPreferenceStore.Recent);
        var holding = Assert.Single(await Preferences.HoldingAsync("contoso", None));
        Assert.Equal(holding.Preferences, await Preferences.FindAsync("contoso", "ana", None));
    }

    [Fact]
    public async Task Bursts_areListed_untilTheyAreSent_whateverWasSaid()
    {
        await Preferences.ChangeBurstsAsync("contoso", "ana", bursts => bursts.Add(Start), None);
        await Preferences.SaveAsync("contoso", "ana", new NotificationPreferences { Teams = false }, Start, None);
        Assert.Equal(Start, Assert.Single(await Preferences.BurstsAsync("contoso", "ana", None)));
        Assert.Equal(Start, Assert.Single(Assert.Single(await Preferences.HoldingAsync("contoso", None)).Bursts));

        await Preferences.ChangeBurstsAsync("contoso", "ana", bursts => bursts.Remove(Start), None);
        Assert.Empty(await Preferences.HoldingAsync("contoso", None));
        Assert.Empty(await Preferences.BurstsAsync("contoso", "nobody", None));
    }

    [Fact]
    public async Task Find_again_isNotReadForAWhile_thenShowsWhatAnotherProcessSaved()
    {
        Assert.True((await Preferences.FindAsync("contoso", "ana", None)).Teams);
        Operations.Forget();
        Assert.True((await Preferences.FindAsync("contoso", "ana", None)).Teams);
        Assert.Empty(Operations.All);

        await new TablesPreferenceStore(Table, Time).SaveAsync("contoso", "ana", Digest, Start, None);
        Time.Advance(TablesPreferenceStore.Recent);
        Assert.Equal(Digest, await Preferences.FindAsync("contoso", "ana", None));
        await Preferences.SaveAsync("contoso", "ana", Quiet, Start, None);
        Assert.Equal(Quiet, await Preferences.FindAsync("contoso", "ana", None));
    }

    [Fact]
    public async Task Holding_readsOnlyThoseThatHold()
    {
        for (var i = 0; i < 30; i++)
        {
            await Preferences.SaveAsync("contoso", $"p{i}", NotificationPreferences.Default with { Teams = false }, Start, None);
        }

        Operations.Forget();
        Assert.Empty(await Preferences.HoldingAsync("contoso", None));
        var query = Uri.UnescapeDataString(Assert.Single(Operations.All)).Replace('+', ' ');
        Assert.Contains("PartitionKey eq 'contoso' and RowKey gt 'holding|' and RowKey lt 'holding}'", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Personal_isReplaced_andKeptApart()
    {
        Assert.Null(await Personal.FindAsync("contoso", "ana", "views", None));
        await Personal.SaveAsync("contoso", "ana", "views", Value.From("first"), None);
        await Personal.SaveAsync("contoso", "ana", "views", Value.From("second"), None);

        Assert.Equal("second", (await Personal.FindAsync("contoso", "ana", "views", None))!.Value.AsString());
        Assert.Null(await Personal.FindAsync("contoso", "ana", "feed", None));
        Assert.Null(await Personal.FindAsync("contoso", "cleo", "views", None));
        Assert.Null(await Personal.FindAsync("fabrikam", "ana", "views", None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Personal.SaveAsync("contoso", "ana", "views", Value.From(new string('x', IPersonalStore.MaxBytes)), None));
    }

    [Theory]
    [MemberData(nameof(Hostile.All), MemberType = typeof(Hostile))]
    public async Task HostileIds_areKeptApart(string id)
    {
        await Preferences.SaveAsync(id, id, Digest, Start, None);
        await Personal.SaveAsync(id, id, id, Value.From(id), None);

        Assert.Equal<HeldBack>([new HeldBack(id, Digest, Start)], await Preferences.HoldingAsync(id, None));
        Assert.Equal(Digest, await Preferences.FindAsync(id, id, None));
        Assert.Equal(id, (await Personal.FindAsync(id, id, id, None))!.Value.AsString());
    }
}
