using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Gate;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Policies.Simulation;

/// <summary>Runs the cases that are kept with a policy.</summary>
public static class PolicyCases
{
    /// <param name="otherwise">Who calls where a case names nobody.</param>
    public static ImmutableArray<PolicyCaseResult> Run(TenantSnapshot tenant, Policy policy, int version, Actor otherwise, DateTimeOffset now) =>
        [.. policy.Cases.Select(each => Run(tenant, policy, version, each, otherwise, now))];

    /// <summary>The gate call that an input means.</summary>
    /// <param name="input">As <see cref="PolicyCase.Input"/>.</param>
    public static GateCheck Check(TenantSnapshot tenant, Policy policy, Value input, Actor otherwise) => new()
    {
        ActionType = Text(input, "actionType") ?? Example(policy),
        Actor = input.TryGet("actor", out var actor) ? ActorOf(tenant, actor, otherwise) : otherwise,
        Subject = new Subject(Text(input, "subject.type") ?? "example", Text(input, "subject.id") ?? "1"),
        Payload = input.TryGet("payload", out var payload) ? payload : Value.Map(),
    };

    /// <summary>An action type that the policy covers.</summary>
    public static string Example(Policy policy) => policy.ActionTypes.FirstOrDefault() switch
    {
        null or "*" => "example",
        { } pattern when pattern.EndsWith(".*", StringComparison.Ordinal) => pattern[..^1] + "example",
        { } pattern => pattern,
    };

    private static PolicyCaseResult Run(TenantSnapshot tenant, Policy policy, int version, PolicyCase each, Actor otherwise, DateTimeOffset now)
    {
        var result = PolicySimulation.Run(tenant, policy, version, Check(tenant, policy, each.Input, otherwise), now);
        var asked = result.Levels.Where(level => level.IsAsked).Select(level => level.Name).ToImmutableArray();
        var passed = result.Matched == each.Gated && (!each.Gated || each.Levels.IsEmpty || asked.SequenceEqual(each.Levels));
        return new PolicyCaseResult(each, passed, result.Matched, asked, result.Fault);
    }

    /// <summary>Somebody of the directory by id, or somebody made up, whom the directory completes.</summary>
    private static Actor ActorOf(TenantSnapshot tenant, Value actor, Actor otherwise)
    {
        var id = actor.Kind == ValueKind.String ? actor.AsString() : Text(actor, "id");
        var known = id is null ? null : tenant.Directory.Meant(id)?.ToActor();
        if (actor.Kind != ValueKind.Map)
        {
            return known ?? otherwise;
        }
        var start = known ?? otherwise with { Id = id ?? otherwise.Id, Name = Text(actor, "name") ?? id ?? otherwise.Name, Roles = [] };
        return start with
        {
            Type = Text(actor, "type") switch { "agent" => ActorType.Agent, "system" => ActorType.System, "human" => ActorType.Human, _ => start.Type },
            Roles = actor.TryGet("roles", out var roles) && roles.Kind == ValueKind.List ? Texts(roles) : start.Roles,
        };
    }

    private static ImmutableArray<string> Texts(Value list)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in list.Items)
        {
            if (item.Kind == ValueKind.String)
            {
                texts.Add(item.AsString());
            }
        }
        return texts.ToImmutable();
    }

    private static string? Text(Value value, string path) => value.Kind == ValueKind.Map && value.At(path) is { Kind: ValueKind.String } text ? text.AsString() : null;
}

/// <param name="Gated">What the policy did.</param>
/// <param name="Levels">Names of the levels that were asked.</param>
public sealed record PolicyCaseResult(PolicyCase Case, bool Passed, bool Gated, ImmutableArray<string> Levels, string? Fault);
