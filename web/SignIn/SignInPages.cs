using System.Collections.Immutable;
using Approvals.Tokens;
using Approvals.Web.Hosting;
using Approvals.Web.Rendering;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.SignIn;

/// <summary>Signing in and out on pages. Behind a proxy there is nothing of it here.</summary>
internal static class SignInPages
{
    public static void Map(PageRoutes pages)
    {
        if (pages.Web.Options.SignIn == WebSignIn.Proxy)
        {
            return;
        }

        pages.GetOpen("/sign-in", async http => await ShowAsync(pages.Web, http, http.Request.Query["return"], null));
        pages.PostOpen("/sign-in", (http, form) => SignInAsync(pages.Web, http, form));
        pages.Post("/sign-out", Scopes.None, async visit =>
        {
            await pages.Web.Session.EndAsync(visit.Http);
            return new SeeOther("/sign-in");
        });
    }

    /// <summary>Only paths of this site, so that a link can't send people elsewhere.</summary>
    internal static string Local(string? url) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal) && !url.Any(char.IsControl)
            ? url
            : "/inbox";

    private static async Task<IResult> SignInAsync(WebServices web, HttpContext http, IFormCollection form)
    {
        var credential = web.Options.SignIn == WebSignIn.Personas ? $"dev.{form["tenant"]}.{form["person"]}" : form["token"].ToString().Trim();
        http.Request.Headers.Authorization = "Bearer " + credential;
        if (credential.Any(char.IsControl) || await web.Callers.ResolveAsync(http) is null)
        {
            return await ShowAsync(web, http, form["return"], Texts.SignInRefused);
        }

        web.Session.Set(http, credential);
        return new SeeOther(Local(form["return"]));
    }

    internal static async Task<IResult> ShowAsync(WebServices web, HttpContext http, string? goTo, string? refused)
    {
        var tenants = ImmutableArray.CreateBuilder<PersonaTenant>();
        if (web.Options.SignIn == WebSignIn.Personas)
        {
            foreach (var id in await web.Catalog.TenantsAsync(http.RequestAborted))
            {
                if (await web.Catalog.FindAsync(id, http.RequestAborted) is { } tenant)
                {
                    tenants.Add(new PersonaTenant(id, [.. tenant.Directory.People.Where(person => person.MayAct)]));
                }
            }
        }

        var view = new SignInView(tenants.ToImmutable(), Local(goTo), http.Request.Query["as"], refused);
        return Html.Of<SignInPage>(
            view, web.Context(http, TimeZoneInfo.Utc.Id, ""), refused is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);
    }
}
