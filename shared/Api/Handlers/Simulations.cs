using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Policies.Warnings;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>What a policy would do, as somebody asks it by whichever route.</summary>
internal static class Simulations
{
    private const int DefaultReplay = 500;

    public static async ValueTask<Simulated> RunAsync(Call call, Value body)
    {
        var fields = new Fields(body);
        var (policy, version, refusal) = await PolicyAsync(call, fields);
        if (refusal is not null)
        {
            return new Simulated { Refusal = refusal };
        }
        var simulated = fields.Has("replay") ? await ReplayAsync(call, fields, policy!, version) : Run(call, fields, policy!, version);
        return simulated with
        {
            Policy = policy,
            Version = version,
            // They tell who is in the directory and what others' calls had.
            Warnings = simulated.Refusal is null && MayReplay(call)
                ? await PolicyWarnings.OfAsync(call.Services.RecordedChecks, call.Caller.Tenant, policy!, call.Cancellation)
                : [],
        };
    }

    /// <summary>The items of a replay show other people's calls.</summary>
    internal static bool MayReplay(Call call) => call.Caller.SeesAll || call.Caller.MayEditPolicies;

    private static Simulated Run(Call call, Fields fields, Policy policy, int version)
    {
        var input = fields.Object("input");
        var check = new GateCheck
        {
            ActionType = input.OptionalId("actionType") ?? Example(policy),
            Actor = ReadActor(call, input),
            Subject = input.Has("subject") ? input.Subject("subject") : new Subject("example", "1"),
            Payload = input.Map("payload"),
        };
        return fields.Problem is { } problem
            ? new Simulated { Refusal = problem }
            : new Simulated { Result = Run(call, policy, version, check) };
    }

    private static SimulationResult Run(Call call, Policy policy, int version, GateCheck check)
    {
        var isStranger = !call.Caller.SeesPeople && check.Actor.Id != call.Caller.Id;
        var result = PolicySimulation.Run(call.Caller.Tenant, policy, version, check, call.Now, isStranger);
        return call.Caller.SeesPeople ? result : result.WithoutNames(counts: version > 0);
    }

    private static async ValueTask<Simulated> ReplayAsync(Call call, Fields fields, Policy policy, int version)
    {
        if (!MayReplay(call))
        {
            return new Simulated { Refusal = Problem.NotAuthorized };
        }
        var last = fields.Object("replay").OptionalInteger("last", 1, RecordedChecks.Most) ?? DefaultReplay;
        if (fields.Problem is { } problem)
        {
            return new Simulated { Refusal = problem };
        }
        var recorded = await call.Services.RecordedChecks.LastAsync(call.Caller.Tenant, last, call.Cancellation);
        return new Simulated { Replay = PolicySimulation.Replay(call.Caller.Tenant, policy, version, recorded) };
    }

    private static async ValueTask<(Policy? Policy, int Version, Problem? Refusal)> PolicyAsync(Call call, Fields fields)
    {
        if (fields.Find("policy") is { } source)
        {
            return PolicyReader.TryRead(source, call.Caller.Tenant.Settings, out var read, out var errors)
                ? (read, 0, null)
                : (null, 0, PolicyProblem.Of(errors.Select(error => error with { Pointer = "/policy" + error.Pointer })));
        }
        var key = fields.Id("key");
        var number = fields.OptionalInteger("version", 1, int.MaxValue);
        if (fields.Problem is { } problem)
        {
            return (null, 0, problem);
        }
        var versions = await call.Services.Policies.ListAsync(call.Tenant, key, call.Cancellation);
        var found = number is null
            ? versions.FirstOrDefault(version => version.Status == PolicyStatus.Active) ?? versions.FirstOrDefault()
            : versions.FirstOrDefault(version => version.Version == number);
        return found is null ? (null, 0, Problem.NotFound) : (found.Policy, found.Version, null);
    }

    /// <summary>
    /// Somebody of the directory by id, somebody made up as an object, or the caller. For who may not read the directory everybody else is made up.
    /// </summary>
    private static Actor ReadActor(Call call, Fields input)
    {
        if (input.Find("actor") is not { } actor)
        {
            return call.Caller.Actor;
        }
        if (actor.Kind == ValueKind.String)
        {
            if (Known(call, actor.AsString()) is { } person)
            {
                return person;
            }
            if (!call.Caller.SeesPeople)
            {
                return new Actor { Id = actor.AsString(), Name = actor.AsString(), Type = ActorType.Human };
            }
            input.Fail("actor", "Must be a person of the directory, or an object.");
            return call.Caller.Actor;
        }
        var fields = input.Object("actor");
        var id = fields.Id("id");
        var known = Known(call, id);
        return new Actor
        {
            Id = id,
            Name = fields.OptionalId("name") ?? known?.Name ?? id,
            Type = fields.OptionalWord("type", "human", "agent", "system") switch
            {
                "agent" => ActorType.Agent,
                "system" => ActorType.System,
                "human" => ActorType.Human,
                _ => known?.Type ?? ActorType.Human,
            },
            Roles = fields.OptionalIds("roles", 100) ?? known?.Roles ?? [],
            Assurance = fields.OptionalWord("assurance", "interactive", "passkey", "link", "token", "development") is { } word
                ? Enum.Parse<Assurance>(word, ignoreCase: true)
                : null,
        };
    }

    private static Actor? Known(Call call, string id) =>
        id == call.Caller.Id ? call.Caller.Actor
        : call.Caller.SeesPeople ? call.Caller.Tenant.Directory.Meant(id)?.ToActor()
        : null;

    /// <summary>An action type that the policy covers.</summary>
    private static string Example(Policy policy) => policy.ActionTypes.FirstOrDefault() switch
    {
        null or "*" => "example",
        { } pattern when pattern.EndsWith(".*", StringComparison.Ordinal) => pattern[..^1] + "example",
        { } pattern => pattern,
    };
}
