using Approvals.Actors;
using Approvals.Chains;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Delegations;

/// <summary>Which delegations may be created.</summary>
public static class DelegationRules
{
    /// <summary>The action type by which delegating across departments, and for somebody else, is gated.</summary>
    public const string CreateAction = "approvals.delegation.create";

    public const int MaxReasonLength = 500;
    public const int MaxActionTypes = 50;

    /// <summary>What is wrong with a delegation as it was sent; null where nothing is. Comes before everything that stores or records it.</summary>
    public static DelegationCheck? Input(Delegation delegation)
    {
        foreach (var (field, text) in (ReadOnlySpan<(string, string)>)[("delegator", delegation.Delegator), ("delegate", delegation.Delegate)])
        {
            if (TextRule.Line(text) is { } wrong)
            {
                return Invalid(field, wrong);
            }
        }
        if (delegation.ActionTypes.Length is 0 or > MaxActionTypes || !delegation.ActionTypes.All(pattern => ActionPattern.IsPattern(pattern)))
        {
            return Invalid("actionTypes", Phrase.With(Texts.RefusedActionTypes, MaxActionTypes));
        }
        return delegation.Reason is { } reason && TextRule.Prose(reason, MaxReasonLength) is { } fault ? Invalid("reason", fault) : null;
    }

    /// <param name="actor">Who creates it: the delegator, or an administrator.</param>
    public static DelegationCheck Check(TenantSnapshot tenant, Delegation delegation, Actor actor, DateTimeOffset now)
    {
        if (actor.Type != ActorType.Human)
        {
            return Refuse(RefusalCode.AgentForbidden, Texts.RefusedOnlyPeopleDelegate);
        }
        if (actor.Id != delegation.Delegator && !actor.Has(Roles.Admin))
        {
            return Refuse(RefusalCode.NotAuthorized, Texts.RefusedDelegateForOthers);
        }
        return People(tenant, delegation) ?? Terms(delegation, now) ?? Input(delegation) ?? (DelegationCycle.Closes(tenant.Delegations, delegation, now)
            ? Refuse(RefusalCode.DelegationCycle, Texts.RefusedDelegationCycle)
            : new DelegationCheck(null, NeedsApproval: actor.Id != delegation.Delegator || AcrossDepartments(tenant, delegation)));
    }

    private static DelegationCheck? People(TenantSnapshot tenant, Delegation delegation)
    {
        var delegator = tenant.Directory.Find(delegation.Delegator);
        var receiver = tenant.Directory.Find(delegation.Delegate);
        return (delegator, receiver) switch
        {
            (not { MayAct: true }, _) => Invalid("delegator", Texts.RefusedNoPerson),
            (_, not { MayAct: true }) => Invalid("delegate", Texts.RefusedNoPerson),
            ({ Kind: not ActorType.Human }, _) => Refuse(RefusalCode.AgentForbidden, Texts.RefusedAgentLends, "delegator"),
            (_, { Kind: not ActorType.Human }) => Refuse(RefusalCode.AgentForbidden, Texts.RefusedLentToPeople, "delegate"),
            _ when delegator.Id == receiver.Id => Invalid("delegate", Texts.RefusedDelegateSelf),
            _ => null,
        };
    }

    private static DelegationCheck? Terms(Delegation delegation, DateTimeOffset now)
    {
        if (delegation.Until <= delegation.From)
        {
            return Invalid("until", Texts.RefusedEndBeforeStart);
        }
        return delegation.Until <= now ? Invalid("until", Texts.RefusedDelegationOver) : null;
    }

    /// <summary>A department that is not known counts as another one.</summary>
    private static bool AcrossDepartments(TenantSnapshot tenant, Delegation delegation) =>
        tenant.Directory.Find(delegation.Delegator)!.Department is not { } department
        || department != tenant.Directory.Find(delegation.Delegate)!.Department;

    private static DelegationCheck Invalid(string field, string detail) => Refuse(RefusalCode.ValidationFailed, detail, field);

    private static DelegationCheck Refuse(string code, string detail, string? field = null) => new(new Refusal(code, detail), Field: field);
}

/// <param name="Refusal">Null where it may be created.</param>
/// <param name="NeedsApproval">It may, once the gate agrees to <see cref="DelegationRules.CreateAction"/>.</param>
/// <param name="Field">The member at fault of a refused one, if it is one.</param>
public sealed record DelegationCheck(Refusal? Refusal, bool NeedsApproval = false, string? Field = null);
