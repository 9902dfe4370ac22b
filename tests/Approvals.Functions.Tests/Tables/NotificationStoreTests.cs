using System.Collections.Immutable;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Notifications;

namespace Approvals.Functions.Tests.Tables;

public sealed class NotificationStoreTests(AzuriteFixture azurite) : TableTest(azurite)
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Add_manyAtOneTime_areListedInReverseOrder_andPagesDoNotShift()
    {
        var store = Open();
        await store.AddAsync([.. Enumerable.Range(0, 120).Select(i => Note($"{i}"))], None);
        var first = await store.ListAsync("contoso", "ana", new PageRequest(50), None);
        await store.AddAsync([Note("120")], None);
        var second = await store.ListAsync("contoso", "ana", new PageRequest(50, first.NextCursor), None);
        var third = await store.ListAsync("contoso", "ana", new PageRequest(50, second.NextCursor), None);

        Assert.Equal(
            Enumerable.Range(0, 120).Reverse().Select(i => $"{i}"),
            first.Items.Concat(second.Items).Concat(third.Items).Select(note => note.Id));
        Assert.Null(third.NextCursor);
        Assert.Equal("120", (await store.ListAsync("contoso", "ana", new PageRequest(1), None)).Items[0].Id);
    }

    [Fact]
    public async Task Add_costsOneOperationForEachPerson()
    {
        await Open().AddAsync([Note("1"), Note("2"), Note("3", "cleo")], None);
        Assert.Equal(2, Operations.Count);
    }

    [Fact]
    public async Task Add_repeatedByAnotherProcess_addsOnlyWhatIsNew()
    {
        ImmutableArray<Notification> notes = [.. Enumerable.Range(0, 60).Select(i => Note($"{i}"))];
        await Open().AddAsync(notes[..55], None);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Open().AddAsync(notes.Add(Note("59")), None);

        var feed = await Open().ListAsync("contoso", "ana", new PageRequest(200), None);
        Assert.Equal(notes.Reverse().Select(note => note.Id), feed.Items.Select(note => note.Id));
    }

    [Fact]
    public async Task Add_twoProcessesAtTheSameTick_loseNothing()
    {
        await Open().AddAsync([Note("1")], None);
        await Open().AddAsync([Note("2")], None);
        Assert.Equal(["1", "2"], (await Open().ListAsync("contoso", "ana", new PageRequest(), None)).Items.Select(note => note.Id).Order());
    }

    [Fact]
    public async Task Add_answerLost_isThereOnce()
    {
        Operations.LosesAnswer = _ => Operations.Count == 1;
        await Open().AddAsync([Note("1"), Note("2")], None);
        Assert.Equal(["2", "1"], (await Open().ListAsync("contoso", "ana", new PageRequest(), None)).Items.Select(note => note.Id));
    }

    [Theory]
    [MemberData(nameof(Hostile.All), MemberType = typeof(Hostile))]
    public async Task HostileIds_areKeptApart(string id)
    {
        var store = Open();
        ImmutableArray<Notification> notes = [Note(id), Note("1", id), Note("1") with { Tenant = id }];
        await store.AddAsync(notes, None);
        await store.AddAsync(notes, None);

        Assert.Equal(notes[0], Assert.Single((await store.ListAsync("contoso", "ana", new PageRequest(), None)).Items));
        Assert.Equal(notes[1], Assert.Single((await store.ListAsync("contoso", id, new PageRequest(), None)).Items));
        Assert.Equal(notes[2], Assert.Single((await store.ListAsync(id, "ana", new PageRequest(), None)).Items));
    }

    private TablesNotificationStore Open() => new(Table, Time);

    private static Notification Note(string id, string person = "ana") =>
        new(id, "contoso", person, "approval.requested", "r1", "Look", "Something waits.", null, null, At);
}
