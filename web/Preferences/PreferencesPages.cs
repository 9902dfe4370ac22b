using Approvals.Notifications;
using Approvals.Ports;
using Approvals.Tokens;
using Approvals.Values;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Preferences;

/// <summary>How the reader wants to be told.</summary>
internal static class PreferencesPages
{
    public static void Map(PageRoutes pages)
    {
        if (pages.Web.Preferences is not { } store)
        {
            return;
        }

        pages.Get("/preferences", async visit => await ShowAsync(visit, await store.FindAsync(visit.Tenant, visit.Caller.Id, visit.Cancellation), null));
        pages.Post("/preferences", Scopes.Read, visit => SaveAsync(visit, store));
    }

    private static async Task<IResult> SaveAsync(Visit visit, IPreferenceStore store)
    {
        var quiet = visit.Field("quietFrom") is null && visit.Field("quietUntil") is null ? null : $"{visit.Field("quietFrom")}-{visit.Field("quietUntil")}";
        var written = Value.Map(
            ("email", Value.From(visit.Form["email"] == "true")),
            ("teams", Value.From(visit.Form["teams"] == "true")),
            ("digestAt", Value.From(visit.Field("digestAt"))),
            ("quietHours", Value.From(quiet)));
        if (NotificationPreferences.Read(written, out var error) is not { } preferences)
        {
            var before = await store.FindAsync(visit.Tenant, visit.Caller.Id, visit.Cancellation);
            return await ShowAsync(visit, before, quiet is null ? error : Texts.QuietNeedsBoth);
        }

        await store.SaveAsync(visit.Tenant, visit.Caller.Id, preferences, visit.Now, visit.Cancellation);
        return visit.Go("/preferences", Texts.DoneSaved);
    }

    private static Task<IResult> ShowAsync(Visit visit, NotificationPreferences preferences, string? wrong) => visit.ShowAsync<PreferencesPage>(
        new PreferencesView(preferences, visit.Caller.Tenant.Directory.Find(visit.Caller.Id)?.Email, visit.Caller.Tenant.Settings.TimeZone, wrong),
        wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
