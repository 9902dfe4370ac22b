using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>The names that a tenant has, for a draft to use.</summary>
public sealed record DraftingWords
{
    /// <summary>So many of each are shown.</summary>
    private const int Most = 200;

    public ImmutableArray<string> ActionTypes { get; init => field = value.OrEmpty(); } = [];

    /// <summary>As policies refer to them: <c>role:finance-manager</c>, <c>group:legal</c>, <c>user:ana</c>.</summary>
    public ImmutableArray<string> Approvers { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What payloads are known to have: <c>payload.amount</c>.</summary>
    public ImmutableArray<string> Fields { get; init => field = value.OrEmpty(); } = [];

    internal Value ToValue() => Value.Map(("actionTypes", List(ActionTypes)), ("approvers", List(Approvers)), ("fields", List(Fields)));

    private static Value List(ImmutableArray<string> names) => Value.List(ImmutableArray.CreateRange(names.Take(Most).Select(name => Value.From(name))));
}
