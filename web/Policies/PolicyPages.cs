using System.Collections.Immutable;
using System.Globalization;
using Approvals.Policies;
using Approvals.Policies.Packs;
using Approvals.Policies.Simulation;
using Approvals.Policies.Warnings;
using Approvals.Tokens;
using Approvals.Web.Hosting;
using Approvals.Web.Payloads;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Policies;

/// <summary>Reading policies, which everybody of the tenant may, and changing where a version stands.</summary>
internal static class PolicyPages
{
    public static void Map(PageRoutes pages)
    {
        pages.Get("/policies", ListAsync);
        pages.Get("/policies/{key}", visit => WithAsync(visit, versions =>
            ShowAsync(visit, versions, versions.FirstOrDefault(version => version.Status == PolicyStatus.Active) ?? versions[0])));
        pages.Get("/policies/{key}/versions/{version}", visit => WithVersionAsync(visit, (versions, shown) => ShowAsync(visit, versions, shown)));
        pages.Get("/policies/{key}/diff", visit => WithAsync(visit, versions => DiffAsync(visit, versions)));
        pages.Post("/policies/{key}/versions/{version}/publication", Scopes.Admin, visit => ChangeAsync(visit, retire: false));
        pages.Post("/policies/{key}/versions/{version}/retirement", Scopes.Admin, visit => ChangeAsync(visit, retire: true));
    }

    private static async Task<IResult> ListAsync(Visit visit)
    {
        var all = await visit.Services.Policies.ListAsync(visit.Tenant, null, visit.Cancellation);
        var lines = all.GroupBy(version => version.Policy.Key, StringComparer.Ordinal)
            .Select(versions => new PolicyLine(
                versions.MaxBy(version => version.Version)!, versions.FirstOrDefault(version => version.Status == PolicyStatus.Active)))
            .OrderBy(line => line.Newest.Policy.Key, StringComparer.Ordinal);
        var keys = all.Select(version => version.Policy.Key).ToHashSet(StringComparer.Ordinal);
        return await visit.ShowAsync<PolicyListPage>(new PolicyListView([.. lines], [.. PolicyPacks.All.Where(pack => !keys.Contains(pack.Key))]));
    }

    private static async Task<IResult> ShowAsync(Visit visit, ImmutableArray<PolicyVersion> versions, PolicyVersion shown)
    {
        var warnings = visit.Caller.MayEditPolicies && shown.Status != PolicyStatus.Retired
            ? await PolicyWarnings.OfAsync(visit.Services.RecordedChecks, visit.Caller.Tenant, shown.Policy, visit.Cancellation)
            : [];
        var cases = PolicyCases.Run(visit.Caller.Tenant, shown.Policy, shown.Version, visit.Caller.Actor, visit.Now);
        return await visit.ShowAsync<PolicyVersionPage>(new PolicyVersionView(versions, shown, cases, warnings));
    }

    private static Task<IResult> DiffAsync(Visit visit, ImmutableArray<PolicyVersion> versions)
    {
        PolicyVersion? Version(string name) =>
            int.TryParse(visit.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? versions.FirstOrDefault(version => version.Version == number) : null;
        return Version("from") is { } from && Version("to") is { } to
            ? visit.ShowAsync<PolicyDiffPage>(new PolicyDiffView(to.Policy.Key, from, to, versions, PayloadDiff.Of(from.Source, [], to.Source, [])))
            : visit.NotFoundAsync();
    }

    private static async Task<IResult> ChangeAsync(Visit visit, bool retire)
    {
        if (!visit.Caller.MayEditPolicies)
        {
            return await visit.ForbiddenAsync();
        }

        return await WithVersionAsync(visit, async (_, shown) =>
        {
            var url = Url(shown);
            var result = await visit.Services.Publication.ChangeAsync(
                visit.Caller, visit.Origin, shown.Policy.Key, shown.Version, retire, visit.NewId(), visit.Cancellation);
            return result is null ? await visit.NotFoundAsync()
                : result.Refusal is { } refusal ? visit.Go(url, refusal.Detail, Rendering.NoticeKind.Refused)
                : visit.Go(url, result.Version.PendingRequest is not null ? Texts.PublicationPending : retire ? Texts.DoneRetired : Texts.DonePublished);
        });
    }

    internal static string Url(PolicyVersion version) => $"/policies/{Uri.EscapeDataString(version.Policy.Key)}/versions/{version.Version}";

    private static Task<IResult> WithVersionAsync(Visit visit, Func<ImmutableArray<PolicyVersion>, PolicyVersion, Task<IResult>> show) =>
        WithAsync(visit, versions => versions.FirstOrDefault(version => version.Version.ToString(CultureInfo.InvariantCulture) == visit.Route("version")) is { } shown
            ? show(versions, shown)
            : visit.NotFoundAsync());

    private static async Task<IResult> WithAsync(Visit visit, Func<ImmutableArray<PolicyVersion>, Task<IResult>> show)
    {
        var versions = await visit.Services.Policies.ListAsync(visit.Tenant, visit.Route("key"), visit.Cancellation);
        if (versions.IsEmpty)
        {
            // A built-in policy has no version in the store.
            versions = [.. visit.Caller.Tenant.Policies.Active.Where(version => version.Policy.Key == visit.Route("key"))];
        }

        return versions.IsEmpty ? await visit.NotFoundAsync() : await show(versions);
    }
}
