using System.Collections.Immutable;
using Approvals.Policies;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>What became of somebody's words: a policy that the reader and the compiler took, or why there is none.</summary>
public sealed record DraftedPolicy
{
    /// <summary>Null where there is none.</summary>
    public Policy? Policy { get; private init; }

    /// <summary>The JSON that <see cref="Policy"/> was read from, to be saved as a draft.</summary>
    public Value Source { get; private init; }

    /// <summary>What is wrong with what the model wrote at its last try.</summary>
    public ImmutableArray<PolicyError> Errors { get; private init => field = value.OrEmpty(); } = [];

    /// <summary>Why the model wrote nothing.</summary>
    public ModelFault? Fault { get; private init; }

    /// <summary>Approver references under which the tenant's directory has nobody.</summary>
    public ImmutableArray<string> Unknown { get; private init => field = value.OrEmpty(); } = [];

    public static DraftedPolicy Of(Policy policy, Value source, ImmutableArray<string> unknown) => new() { Policy = policy, Source = source, Unknown = unknown };

    public static DraftedPolicy Wrong(ImmutableArray<PolicyError> errors) => new() { Errors = errors };

    public static DraftedPolicy Failed(ModelFault fault) => new() { Fault = fault };
}
