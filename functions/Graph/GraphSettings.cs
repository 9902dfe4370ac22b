using System.Collections.Immutable;
using Approvals.Hosting;

namespace Approvals.Functions.Graph;

/// <summary>Which tenant's people come from Microsoft Graph, and how.</summary>
/// <param name="Tenant">Id of the tenant (Entra's, since sign-in names it so).</param>
/// <param name="Application">Client id of the application whose app roles count; null: people have the roles of their groups alone.</param>
/// <param name="Groups">Object ids, or display names that only one group has, of the groups that mean something to policies; empty: all.</param>
internal sealed record GraphSettings(string Tenant, string? Application, ImmutableArray<string> Groups, TimeSpan RefreshEvery)
{
    /// <summary>Null: off.</summary>
    /// <exception cref="SettingsException">A setting can't be used.</exception>
    public static GraphSettings? Read(SettingsSection section)
    {
        var (application, groups) = (section.Text("Graph:Application"), section.Names("Graph:Groups"));
        var refreshEvery = section.Duration("Graph:RefreshEvery", TimeSpan.FromMinutes(15));
        return section.Text("Graph:Tenant") is not { } tenant ? null
            : Guid.TryParse(tenant, out var id) ? new GraphSettings(id.ToString(), application, [.. groups], refreshEvery)
            : throw new SettingsException("Approvals:Graph:Tenant must be the id of an Entra tenant.");
    }
}
