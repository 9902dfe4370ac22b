using Approvals.Actors;
using Approvals.Audit;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Hosting;

/// <summary>
/// Publishes policy files at the start: those that are new, or were changed since they were last published from a file. Whoever
/// can write the files runs the service, so that this is not gated; the trail says that the system did it.
/// </summary>
public sealed class StartupPolicies(IPolicyStore policies, ITenantCatalog catalog, TimeProvider time)
{
    /// <param name="directory">Null: those of the demo tenant, where there is one.</param>
    /// <exception cref="SettingsException">One can't be read or published, and nothing was.</exception>
    public async Task PublishAsync(string? directory, bool withDemo, CancellationToken cancellation)
    {
        if (directory is null)
        {
            if (withDemo)
            {
                await PublishAsync(Demo.Policies.Select((policy, i) => ($"built-in policy {i + 1}", policy)), cancellation);
            }
            return;
        }
        await PublishAsync(FilesIn(directory).Select(path => (path, StartupFiles.Read(path))), cancellation);
    }

    private static string[] FilesIn(string directory)
    {
        try
        {
            return [.. System.IO.Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{directory}: the policies can't be listed: {fault.Message}", fault);
        }
    }

    /// <summary>All of them are read before any is published: with one that is wrong, nothing is.</summary>
    public async Task PublishAsync(IEnumerable<(string Name, Value Source)> sources, CancellationToken cancellation)
    {
        var read = new List<(string Name, string Tenant, Policy Policy, Value Source)>();
        var errors = new List<string>();
        foreach (var (name, source) in sources)
        {
            var tenantId = PolicyReader.TenantOf(source);
            if (tenantId is null || await catalog.FindAsync(tenantId, cancellation) is not { } tenant)
            {
                errors.Add($"{name}: /tenant: must name a tenant of the directory.");
            }
            else if (PolicyReader.TryRead(source, tenant.Settings, out var policy, out var found))
            {
                read.Add((name, tenantId, policy, source));
            }
            else
            {
                errors.AddRange(found.Select(error => Line(name, error)));
            }
        }
        errors.AddRange(read
            .GroupBy(one => (one.Tenant, one.Policy.Key))
            .Where(same => same.Any(one => !one.Source.Equals(same.First().Source)))
            .Select(same => $"{string.Join(", ", same.Select(one => one.Name))}: each is the policy '{same.Key.Key}' of tenant '{same.Key.Tenant}', and they differ."));
        if (errors.Count > 0)
        {
            throw new SettingsException($"The policies can't be published:\n{string.Join('\n', errors)}");
        }
        foreach (var (_, tenant, policy, source) in read)
        {
            await PublishAsync(tenant, policy, source, cancellation);
        }
    }

    private async Task PublishAsync(string tenant, Policy policy, Value source, CancellationToken cancellation)
    {
        var versions = await policies.ListAsync(tenant, policy.Key, cancellation);
        var last = versions.Where(version => version.CreatedBy == Actor.System.Id).MaxBy(version => version.Version);
        if (last is not null && last.Source.Equals(source) && last.Status != PolicyStatus.Draft)
        {
            return;
        }
        var now = time.GetUtcNow();
        // A draft that this service made and did not come to publish before it stopped.
        var draft = last is { Status: PolicyStatus.Draft } && last.Source.Equals(source)
            ? last
            : await policies.AddDraftAsync(tenant, policy, source, Entry(tenant, policy.Key, AuditAction.PolicyDrafted, now), cancellation);
        var active = draft with { Status = PolicyStatus.Active, PublishedAt = now };
        var published = Entry(tenant, policy.Key, AuditAction.PolicyPublished, now) with { Policy = new(policy.Key, draft.Version) };
        await policies.ChangeAsync(
            tenant, PolicyStatus.Draft, active, [published], [PolicyEvents.Published(tenant, active, Actor.System.Id, null, now)], cancellation);
    }

    private static AuditDraft Entry(string tenant, string key, string action, DateTimeOffset now) => new()
    {
        Tenant = tenant,
        At = now,
        Actor = Actor.System,
        Action = action,
        Subject = new Subject(PublicationRequest.SubjectType, key),
        Outcome = AuditOutcome.Ok,
        Reason = "From a file, at the start.",
    };

    private static string Line(string name, PolicyError error)
    {
        var place = error.Line is { } line ? $"{error.Pointer}({line},{error.Column})" : error.Pointer;
        return $"{name}: {place}: {error.Text}";
    }
}
