using Approvals.Actors;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>What the approvers of a publication or retirement are shown, and what exactly they approve.</summary>
public static class PublicationRequest
{
    /// <summary>The action type by which the change is gated.</summary>
    public static string ActionType(bool retire) => retire ? BuiltInPolicies.RetireAction : BuiltInPolicies.PublishAction;

    public const string SubjectType = "policy";

    /// <param name="active">The version that it replaces, if any.</param>
    public static Value Payload(PolicyVersion version, bool retire, PolicyVersion? active) => Value.Map(
        ("change", Value.From(retire ? "retire" : "publish")),
        ("key", Value.From(version.Policy.Key)),
        ("version", Value.From((long)version.Version)),
        ("name", Value.From(version.Policy.Name)),
        ("createdBy", Value.From(version.CreatedBy)),
        ("policy", version.Source),
        ("replaces", active is null || retire ? Value.Null : Value.From((long)active.Version)),
        ("changes", retire ? Value.List() : PolicyDiff.Of(active?.Source, version.Source)));

    public static Subject Subject(PolicyVersion version) => new(SubjectType, $"{version.Policy.Key}@{version.Version}");

    public static string Title(PolicyVersion version, bool retire) =>
        Phrase.With(retire ? Texts.RetirePolicyVersion : Texts.PublishPolicyVersion, version.Policy.Key, version.Version);
}
