using Approvals.Hosting;
using Approvals.Ports;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Approvals.Standalone.Hosting;

/// <summary>Runs the service until it is told to stop.</summary>
internal static class Serving
{
    /// <summary>0 after a clean stop, 1 where it could not start; the reason stands on standard error.</summary>
    /// <param name="meanwhile">Done once the service listens, with its address; what fails there stops it.</param>
    public static async Task<int> RunAsync(string[] args, Func<Uri, Task>? meanwhile = null)
    {
        WebApplication app;
        try
        {
            app = await StandaloneHost.BuildAsync(args);
        }
        catch (SettingsException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
        await using (app)
        {
            if (meanwhile is not null && app.Services.GetRequiredService<Settings>() is not { DirectoryFile: null, PoliciesDirectory: null, SignIn: SignInKind.Development })
            {
                await Console.Error.WriteLineAsync(
                    "The demo needs the demo tenant: leave out Approvals:DirectoryFile, Approvals:PoliciesDirectory and Approvals:SignIn.");
                return 1;
            }
            try
            {
                await app.StartAsync();
            }
            catch (IOException fault)
            {
                await Console.Error.WriteLineAsync(fault.Message);
                return 1;
            }
            await app.Services.GetRequiredService<UngatedTenants>().WarnAsync(CancellationToken.None);
            await GreetAsync(app);
            if (meanwhile is not null)
            {
                await meanwhile(new Uri(Address(app, app.Services.GetRequiredService<Settings>())));
            }
            await app.WaitForShutdownAsync();
        }
        return 0;
    }

    private static async Task GreetAsync(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        if (settings is { SignIn: SignInKind.Development, DirectoryFile: null })
        {
            await Console.Out.WriteLineAsync(await PersonasAsync(app.Services.GetRequiredService<ITenantCatalog>()));
        }
        await Console.Out.WriteLineAsync($"Listening on {Address(app, settings)}");
        await Console.Out.FlushAsync();
    }

    private static async Task<string> PersonasAsync(ITenantCatalog catalog)
    {
        var lines = new List<string> { "Demo tenant contoso; sign in on its pages as anybody, or send one of these as Authorization: Bearer …" };
        var tenant = await catalog.FindAsync(Tenants.Demo.Tenant, CancellationToken.None);
        foreach (var person in tenant?.Directory.People.Where(person => person.MayAct) ?? [])
        {
            lines.Add($"  {$"dev.{Tenants.Demo.Tenant}.{person.DirectoryId}",-22} {person.Name,-18} {string.Join(", ", person.Roles)}");
        }
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>As it was set, unless the port was left to the system.</summary>
    private static string Address(WebApplication app, Settings settings) => settings.Url.Port != 0
        ? settings.Url.GetLeftPart(UriPartial.Authority)
        : app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
