using Approvals.Actors;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Api;

/// <summary>The first token of an administrator, as the command line makes it.</summary>
internal static class Tokens
{
    public static async Task<string> MakeAsync(Service service, string person, Scopes scopes = Scopes.All)
    {
        var now = DateTimeOffset.UtcNow;
        var (token, text) = TokenIssue.New(World.Tenant, person, Actor.System.Id, now, null, scopes);
        await service.Services.GetRequiredService<ITokenStore>().AddAsync(
            token, TokenIssue.Entry(token, AuditAction.TokenCreated, Actor.System, Origin.Internal, now), CancellationToken.None);
        return text;
    }
}
