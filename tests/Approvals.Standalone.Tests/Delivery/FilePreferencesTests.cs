using Approvals.Notifications;
using Approvals.Standalone.Delivery;

namespace Approvals.Standalone.Tests.Delivery;

public sealed class FilePreferencesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("approvals-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Preferences_outlive_the_process()
    {
        var digest = new NotificationPreferences { DigestAt = new TimeOnly(8, 0), Teams = false };
        await Open().SaveAsync("contoso", "ana", digest, Now, default);
        await Open().MarkSentAsync("contoso", "ana", Now.AddHours(1), default);

        Assert.Equal(digest, await Open().FindAsync("contoso", "ana", default));
        Assert.Equal(NotificationPreferences.Default, await Open().FindAsync("fabrikam", "ana", default));
        var held = Assert.Single(await Open().HoldingAsync("contoso", default));
        Assert.Equal(Now.AddHours(1), held.SentUntil);
        Assert.Empty(await Open().HoldingAsync("fabrikam", default));
    }

    [Fact]
    public async Task Changing_the_time_of_a_digest_keeps_what_is_held()
    {
        var preferences = Open();
        await preferences.SaveAsync("contoso", "ana", new NotificationPreferences { DigestAt = new TimeOnly(8, 0) }, Now, default);
        await preferences.SaveAsync("contoso", "ana", new NotificationPreferences { DigestAt = new TimeOnly(9, 0) }, Now.AddHours(2), default);
        Assert.Equal(Now, Assert.Single(await preferences.HoldingAsync("contoso", default)).SentUntil);
    }

    [Fact]
    public async Task Bursts_outlive_the_process_and_changed_preferences_until_they_are_sent()
    {
        await Open().ChangeBurstsAsync("contoso", "ana", bursts => bursts.Add(Now), default);
        await Open().SaveAsync("contoso", "ana", new NotificationPreferences { Teams = false }, Now.AddMinutes(1), default);
        Assert.Equal(Now, Assert.Single(await Open().BurstsAsync("contoso", "ana", default)));
        Assert.Equal(Now, Assert.Single(Assert.Single(await Open().HoldingAsync("contoso", default)).Bursts));

        await Open().ChangeBurstsAsync("contoso", "ana", bursts => bursts.Remove(Now), default);
        Assert.Empty(await Open().HoldingAsync("contoso", default));
        Assert.False((await Open().FindAsync("contoso", "ana", default)).Teams);
    }

    private FilePreferences Open() => new(Path.Combine(_directory.FullName, "preferences.json"));
}
