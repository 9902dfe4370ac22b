using System.Globalization;

namespace Approvals.Notifications;

/// <summary>Times as people of a tenant read them.</summary>
internal static class TenantTime
{
    /// <summary>UTC where the system does not know the zone.</summary>
    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public static string Write(DateTimeOffset at, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone(zone));
        return local.ToString("yyyy-MM-dd HH:mm ", CultureInfo.InvariantCulture) + Zone(zone).Id;
    }
}
