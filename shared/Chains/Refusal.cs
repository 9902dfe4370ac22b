using System.Collections.Immutable;

namespace Approvals.Chains;

/// <summary>An expected "no", with a stable code. It changes nothing, and is audited.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">For people; no personal data, no secrets.</param>
public sealed record Refusal(string Code, string Detail)
{
    /// <summary>What a caller needs in order to try again; further members of the problem answer.</summary>
    public ImmutableArray<RefusalMember> Members { get; init => field = value.OrEmpty(); } = [];
}

/// <param name="Name">In camelCase.</param>
public readonly record struct RefusalMember(string Name, string Value);
