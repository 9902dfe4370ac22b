using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>People who take part in a request before their level is entered.</summary>
public static class Involved
{
    /// <summary>People of all levels, for a request about to start.</summary>
    public static ImmutableArray<string> Levels(TenantSnapshot tenant, Snapshot snapshot, ImmutableArray<LevelDefinition> levels) =>
        People(tenant, snapshot, [.. levels.SelectMany(level => level.Groups).SelectMany(group => group.Approvers)]);

    /// <summary>People of the levels after the current one.</summary>
    public static ImmutableArray<string> LaterLevels(TenantSnapshot tenant, Snapshot snapshot, RequestState state) =>
        Levels(tenant, snapshot, [.. state.Levels.Skip(state.CurrentLevel).Select(level => level.Definition)]);

    /// <summary>Ids of the people that references mean right now, e.g. a direct request's watchers.</summary>
    public static ImmutableArray<string> People(TenantSnapshot tenant, Snapshot snapshot, ImmutableArray<string> references) =>
        [.. new References(tenant.Directory, snapshot.Requester, snapshot.Payload).People(references).Select(person => person.Id)];
}
