using System.Collections.Immutable;
using Approvals.Api;
using Approvals.Audit;
using Approvals.Tokens;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Trail;

/// <summary>The tenant's trail, for auditors and administrators.</summary>
internal static class AuditPages
{
    public static void Map(PageRoutes pages)
    {
        pages.Get("/audit/export", ApiRoutes.AuditExport);
        pages.Get("/audit", visit => visit.Caller.SeesAll ? ShowAsync(visit) : visit.ForbiddenAsync());
        pages.Post("/audit/verification", Scopes.Read, visit => visit.Caller.SeesAll ? VerifyAsync(visit) : visit.ForbiddenAsync());
    }

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        string? Filter(string name) => visit.Query(name) is { Length: > 0 } text ? text : null;
        var address = new AuditAddress
        {
            Actor = Filter("actor"),
            ActorType = Filter("actorType") is "human" or "agent" or "system" ? Filter("actorType") : null,
            Action = Filter("action"),
            Subject = Filter("subject"),
            RequestId = Filter("requestId"),
            From = Filter("from"),
            To = Filter("to"),
            Cursor = Filter("cursor"),
        };
        var query = new AuditQuery
        {
            Tenant = visit.Tenant,
            Actor = address.Actor,
            ActorType = address.ActorType,
            Action = address.Action,
            Subject = address.Subject,
            RequestId = address.RequestId,
            From = LocalTime.Parse(address.From, visit.Zone),
            To = LocalTime.ParseEnd(address.To, visit.Zone),
        };
        var page = await visit.Services.Audit.QueryAsync(query, new PageRequest(Cursor: address.Cursor), visit.Cancellation);
        var items = page.Items.Select(TrailItem.Of).ToImmutableArray();
        return await visit.ShowAsync<AuditPage>(new AuditView(address, items, page.NextCursor));
    }

    private static async Task<IResult> VerifyAsync(Visit visit)
    {
        var found = await visit.Services.Audit.VerifyAsync(visit.Tenant, null, visit.Cancellation);
        return visit.IsFragment ? await visit.ShowAsync<VerificationResult>(found) : await visit.ShowAsync<VerificationPage>(found);
    }
}
