using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Policies.Compiled;

namespace Approvals.Policies;

/// <summary>
/// What gates the service's own sensitive actions in a tenant that has not said otherwise: two people for policies (the requester is never one
/// of the approvers), the manager, an administrator or the delegator themself for delegating across departments or for somebody else, and a second administrator for giving
/// people authority. Version 0: nobody published them.
/// </summary>
public static class BuiltInPolicies
{
    public const string PublishAction = "approvals.policy.publish";
    public const string RetireAction = "approvals.policy.retire";

    private static readonly ImmutableArray<string> PolicyPeople = [$"role:{Roles.PolicyAdmin}", $"role:{Roles.Admin}"];

    public static ImmutableArray<Policy> All { get; } =
    [
        Of(PublishAction, Texts.PolicyOfPublishing, Texts.PolicyOfPublishingTitle, Texts.PolicySecondPerson, PolicyPeople),
        Of(RetireAction, Texts.PolicyOfRetiring, Texts.PolicyOfRetiringTitle, Texts.PolicySecondPerson, PolicyPeople),
        Of(
            Delegations.DelegationRules.CreateAction, Texts.PolicyOfDelegating, Texts.PolicyOfDelegatingTitle,
            Texts.PolicyManagerOrAdmin, ["manager:requester", $"role:{Roles.Admin}", "field:payload.delegator"]),
        Of(
            Directory.DirectoryAuthority.ChangeAction, Texts.PolicyOfPeople, Texts.PolicyOfPeopleTitle, Texts.PolicySecondAdmin, [$"role:{Roles.Admin}"]),
    ];

    internal static ImmutableArray<CompiledPolicy> Compiled { get; } =
        [.. All.Select((policy, index) => CompiledPolicy.Of(policy, version: 0, rank: int.MaxValue - All.Length + index))];

    private static Policy Of(string action, string name, string title, string level, ImmutableArray<string> approvers) => new()
    {
        Key = action,
        Name = name,
        ActionTypes = [action],
        TitleTemplate = title,
        Levels =
        [
            new LevelDefinition
            {
                Name = level,
                Groups = [new GroupDefinition { Approvers = approvers, Strategy = Strategy.Any }],
                HumanOnly = true,
                EscalateTo = [$"role:{Roles.Admin}"],
            },
        ],
    };
}
