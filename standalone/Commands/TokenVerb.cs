using System.CommandLine;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Policies.Reading;
using Approvals.Ports;
using Approvals.Standalone.Data;
using Approvals.Standalone.Hosting;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Tenants;
using Approvals.Standalone.Sqlite.Tokens;
using Approvals.Tokens;

namespace Approvals.Standalone.Commands;

/// <summary>
/// <c>token create --tenant T --person P [--scopes gate,read] [--expires 90d]</c>: prints a new API token, once. Beside a running service the token is laid down
/// for it to take over.
/// </summary>
internal static class TokenVerb
{
    public static Command Of(string[] settings)
    {
        var tenant = new Option<string>("--tenant") { Description = "The tenant.", Required = true };
        var person = new Option<string>("--person") { Description = "Somebody of its directory, whose token it is.", Required = true };
        var expires = new Option<string?>("--expires") { Description = "After how long it ends, e.g. 90d, or never; a year where it is left out." };
        var scopes = new Option<string?>("--scopes") { Description = "What it is good for: gate, read, decide, admin; gate,read where they are left out." };
        var create = new Command("create", "Prints a new API token.") { tenant, person, scopes, expires };
        create.SetAction((parsed, cancellation) => RunAsync(
            settings, parsed.GetValue(tenant)!, parsed.GetValue(person)!, parsed.GetValue(scopes), parsed.GetValue(expires),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        return new Command("token", "API tokens.") { create };
    }

    private static async Task<int> RunAsync(
        string[] settings, string tenant, string person, string? scopes, string? expires, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        DateTimeOffset? ends = now + TokenIssue.Lifetime;
        if (expires == TokenIssue.Never)
        {
            ends = null;
        }
        else if (expires is not null)
        {
            if (!PolicyDuration.TryParse(expires, out var lifetime))
            {
                await error.WriteLineAsync("--expires is a duration such as 90d, or never.");
                return 2;
            }
            ends = now + lifetime;
        }

        var wanted = Scopes.Default;
        if (scopes is not null && !ScopeWords.TryParse(scopes.Split(',', StringSplitOptions.TrimEntries), out wanted))
        {
            await error.WriteLineAsync($"--scopes is one or more of {string.Join(", ", ScopeWords.All)}, with commas between them.");
            return 2;
        }

        var (token, text) = TokenIssue.New(tenant, person, Actor.System.Id, now, ends, wanted);
        var refusal = IsServed(settings) is { } directory ? await LayDownAsync(directory, token) : await AddAsync(settings, token, cancellation);
        await (refusal is null ? output : error).WriteLineAsync(refusal ?? text);
        return refusal is null ? 0 : 2;
    }

    /// <summary>The directory, where a service has it.</summary>
    private static DataDirectory? IsServed(string[] settings)
    {
        if (VerbSettings.Existing(settings) is not { } directory)
        {
            return null;
        }

        using var held = directory.TryLock();
        return held is null ? directory : null;
    }

    private static async Task<string?> AddAsync(string[] settings, ApiToken token, CancellationToken cancellation)
    {
        // The host knows the directory file and has the database; it is not started.
        await using var host = await StandaloneHost.BuildAsync(settings);
        if (await host.Services.GetRequiredService<ITenantCatalog>().FindAsync(token.Tenant, cancellation) is not { } tenant
            || tenant.Directory.Meant(token.Person) is not { MayAct: true } person)
        {
            return Unknown(token);
        }

        if (Unfit(token, person) is { } refusal)
        {
            return refusal;
        }

        token = token with { Person = person.Id };
        await host.Services.GetRequiredService<ITokenStore>().AddAsync(
            token, TokenIssue.Entry(token, AuditAction.TokenCreated, Actor.System, Origin.Internal, token.CreatedAt), cancellation);
        return null;
    }

    private static async Task<string?> LayDownAsync(DataDirectory directory, ApiToken token)
    {
        using var readers = new ReaderPool(directory.Database, 1);
        var person = await readers.ReadAsync(
            connection => TenantTable.Numbers(connection).TryGetValue(token.Tenant, out var tenant)
                ? new DirectorySnapshot(PersonTable.All(connection, tenant)).Meant(token.Person)
                : null,
            CancellationToken.None);
        if (person is not { MayAct: true })
        {
            return Unknown(token);
        }

        if (Unfit(token, person) is { } refusal)
        {
            return refusal;
        }

        new TokenSpool(directory.Tokens).Put(token with { Person = person.Id });
        return null;
    }

    private static string? Unfit(ApiToken token, Person person) => person.Kind != ActorType.Human && (token.Scopes & Scopes.OfPeople) != Scopes.None
        ? $"'{person.Id}' is an agent: its token can't decide or administer."
        : null;

    private static string Unknown(ApiToken token) => $"There is no '{token.Person}' in a tenant '{token.Tenant}'.";
}
