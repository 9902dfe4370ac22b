using System.Collections.Immutable;
using System.Globalization;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Tenants;

namespace Approvals.Notifications;

/// <summary>
/// Sends in one mail what a person's digest or quiet hours held back, or what came too fast to go out singly, once the time has come. What was held back is read from the in-app feed, so
/// nothing else has to be kept. A mail that can't be delivered is in the trail.
/// </summary>
public sealed class HeldMail(
    ITenantCatalog catalog, IPreferenceStore preferences, INotificationStore feed, IMailSender mail, ChannelSettings channels, IRequestEngine engine)
{
    private const int PageSize = 200;

    /// <summary>Time for the feed to have what happened just before.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>A mail lists no more than this; the feed has all.</summary>
    private const int MostItems = 200;

    /// <summary>Whether mail about what happened then waits.</summary>
    public static bool Holds(NotificationPreferences preferences, DateTimeOffset at, string timeZone) =>
        preferences.Holds && preferences.HoldsAt(TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(at, TenantTime.Zone(timeZone)).TimeOfDay));

    /// <summary>Sends what is due in every tenant; call it about once a minute.</summary>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var id in await catalog.TenantsAsync(cancellation))
        {
            if (await catalog.FindAsync(id, cancellation) is { } tenant)
            {
                foreach (var held in await preferences.HoldingAsync(id, cancellation))
                {
                    foreach (var begin in held.Bursts.Where(begin => begin + MailBurst.Window + Settling <= now))
                    {
                        await BurstAsync(tenant, held, begin, now, cancellation);
                    }

                    if (held.Preferences.Holds)
                    {
                        await RunAsync(tenant, held, now, cancellation);
                    }
                }
            }
        }
    }

    /// <summary>The latest moment at or before <paramref name="now"/> at which held mail goes out.</summary>
    internal static DateTimeOffset LastRelease(NotificationPreferences preferences, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var release = preferences.DigestAt ?? preferences.QuietUntil ?? default;
        var day = TimeOnly.FromTimeSpan(local.TimeOfDay) >= release ? local.Date : local.Date.AddDays(-1);
        var at = DateTime.SpecifyKind(day + release.ToTimeSpan(), DateTimeKind.Unspecified);
        // A time that the change of clocks skips is taken an hour later.
        at = zone.IsInvalidTime(at) ? at.AddHours(1) : at;
        return new DateTimeOffset(at, zone.GetUtcOffset(at)).ToUniversalTime();
    }

    private async Task RunAsync(TenantSnapshot tenant, HeldBack held, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = tenant.Settings.Id;
        var release = LastRelease(held.Preferences, now - Settling, TenantTime.Zone(tenant.Settings.TimeZone));
        if (release <= held.SentUntil || tenant.Directory.Find(held.Person) is not { } person || !channels.Mails(person, held.Preferences))
        {
            return;
        }

        var zone = tenant.Settings.TimeZone;
        var items = await ItemsAsync(
            tenant, held.Person, held.SentUntil, item => item.At > held.SentUntil && item.At <= release && Holds(held.Preferences, item.At, zone), cancellation);
        if (await SendAsync(id, person, $"held.{Seconds(release)}", items, now, cancellation))
        {
            await preferences.MarkSentAsync(id, held.Person, release, cancellation);
        }
    }

    /// <summary>What came too fast, in one mail; what a digest holds is left to it.</summary>
    private async Task BurstAsync(TenantSnapshot tenant, HeldBack held, DateTimeOffset begin, DateTimeOffset now, CancellationToken cancellation)
    {
        var (id, zone) = (tenant.Settings.Id, tenant.Settings.TimeZone);
        if (tenant.Directory.Find(held.Person) is { } person && channels.Mails(person, held.Preferences))
        {
            var items = await ItemsAsync(
                tenant, held.Person, begin.AddTicks(-1), item => MailBurst.Covers(begin, item.At) && !Holds(held.Preferences, item.At, zone), cancellation);
            if (!await SendAsync(id, person, $"burst.{Seconds(begin)}", items, now, cancellation))
            {
                return;
            }
        }

        await preferences.ChangeBurstsAsync(id, held.Person, bursts => bursts.Remove(begin), cancellation);
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>False: it is to be tried again.</summary>
    private async Task<bool> SendAsync(
        string tenant, Directory.Person person, string name, List<Notification> items, DateTimeOffset now, CancellationToken cancellation)
    {
        if (items.Count == 0)
        {
            return true;
        }

        var result = await mail.SendAsync($"{tenant}.{person.Id}.{name}", person.Email!, person.Name, MailContent.Of(items), cancellation);
        if (result.Outcome == DeliveryOutcome.GiveUp)
        {
            await engine.RecordAsync(
                [NotifiedEntry.OfHeld(tenant, AuditOutcome.Failed, result.Error, NotifiedEntry.ByMail([person.Id]), now)], cancellation);
        }

        return result.Outcome != DeliveryOutcome.Retry;
    }

    /// <param name="after">Nothing that is older is looked at.</param>
    private async Task<List<Notification>> ItemsAsync(
        TenantSnapshot tenant, string person, DateTimeOffset after, Func<Notification, bool> isHeld, CancellationToken cancellation)
    {
        var items = new List<Notification>();
        string? cursor = null;
        do
        {
            var page = await feed.ListAsync(tenant.Settings.Id, person, new PageRequest(PageSize, cursor), cancellation);
            foreach (var item in page.Items)
            {
                if (!MessagePlan.IsUrgent(item.Kind) && isHeld(item) && items.Count < MostItems)
                {
                    items.Add(item);
                }
            }

            cursor = page.Items.IsEmpty || page.Items[^1].At <= after ? null : page.NextCursor;
        }
        while (cursor is not null);
        items.Reverse();
        return items;
    }
}
