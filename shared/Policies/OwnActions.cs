namespace Approvals.Policies;

/// <summary>
/// The service's own sensitive actions, <c>approvals.*</c>: publication, retirement, delegation and the like. Only a policy that names one exactly is about
/// it, and below every such policy there is a floor: somebody who neither asked for it nor wrote what is published is asked, and answers. Nothing is skipped,
/// approved by a rule or approved by time in their place.
/// </summary>
public static class OwnActions
{
    private const string Prefix = "approvals.";

    public static bool Is(string actionType) => actionType.StartsWith(Prefix, StringComparison.Ordinal);
}
