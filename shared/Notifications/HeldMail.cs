using System.Collections.Immutable;
using System.Globalization;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Tenants;

namespace Approvals.Notifications;

/// <summary>
/// Sends in one mail what a person's digest or quiet hours held back, once the time has come. What was held back is read from the in-app feed, so
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
                    await RunAsync(tenant, held, now, cancellation);
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

        var items = await ItemsAsync(tenant, held, release, cancellation);
        if (items.Count > 0)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"held.{id}.{held.Person}.{release.ToUnixTimeSeconds()}");
            var result = await mail.SendAsync(message, person.Email!, person.Name, MailContent.Of(items), cancellation);
            if (result.Outcome == DeliveryOutcome.Retry)
            {
                return;
            }

            if (result.Outcome == DeliveryOutcome.GiveUp)
            {
                await engine.RecordAsync(
                    [NotifiedEntry.OfHeld(id, AuditOutcome.Failed, result.Error, NotifiedEntry.ByMail([held.Person]), now)], cancellation);
            }
        }

        await preferences.MarkSentAsync(id, held.Person, release, cancellation);
    }

    private async Task<List<Notification>> ItemsAsync(TenantSnapshot tenant, HeldBack held, DateTimeOffset until, CancellationToken cancellation)
    {
        var items = new List<Notification>();
        string? cursor = null;
        do
        {
            var page = await feed.ListAsync(tenant.Settings.Id, held.Person, new PageRequest(PageSize, cursor), cancellation);
            foreach (var item in page.Items)
            {
                if (item.At > held.SentUntil && item.At <= until && !MessagePlan.IsUrgent(item.Kind)
                    && Holds(held.Preferences, item.At, tenant.Settings.TimeZone) && items.Count < MostItems)
                {
                    items.Add(item);
                }
            }

            cursor = page.Items.IsEmpty || page.Items[^1].At <= held.SentUntil ? null : page.NextCursor;
        }
        while (cursor is not null);
        items.Reverse();
        return items;
    }
}
