using Approvals.Notifications;

namespace Approvals.Web.Preferences;

/// <summary>How the reader wants to be told.</summary>
/// <param name="Wrong">Why the form was refused.</param>
public sealed record PreferencesView(NotificationPreferences Preferences, string? Email, string TimeZone, string? Wrong);
