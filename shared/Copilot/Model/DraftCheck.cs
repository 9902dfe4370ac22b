using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Approvals.Chains.Levels;
using Approvals.Directory;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>Reads a policy that a language model wrote as strictly as a person's, and then some: it approves nothing by itself, and its texts lead nowhere.</summary>
internal static partial class DraftCheck
{
    /// <param name="source">The policy without members that are null or empty, which the strict form of an answer has.</param>
    public static bool TryRead(Value answer, TenantSettings settings, out Policy? policy, out Value source, out ImmutableArray<PolicyError> errors)
    {
        source = Pruned(answer);
        if (PolicyReader.TryRead(source, settings, out policy, out errors))
        {
            errors = [.. Automatic(policy), .. NotPlain(policy)];
        }
        return errors.IsEmpty;
    }

    /// <summary>References under which the directory has nobody.</summary>
    public static ImmutableArray<string> Unknown(Policy policy, DirectorySnapshot directory) =>
    [
        .. policy.Levels.SelectMany(level => level.Groups.SelectMany(group => group.Approvers).Concat(level.EscalateTo)).Distinct()
            .Where(text => ApproverReference.TryParse(text, out var reference) && IsNobody(reference, directory)),
    ];

    private static bool IsNobody(ApproverReference reference, DirectorySnapshot directory) => reference.Kind switch
    {
        ReferenceKind.User => directory.Named(reference.Name) is null,
        ReferenceKind.Role => directory.InRole(reference.Name).IsEmpty,
        ReferenceKind.Group => directory.InGroup(reference.Name).IsEmpty,
        _ => false,
    };

    private static IEnumerable<PolicyError> Automatic(Policy policy) =>
        from level in policy.Levels.Index()
        where !level.Item.AutoApprove.IsEmpty || level.Item.OnTimeout == TimeoutAction.AutoApprove
        select new PolicyError($"/levels/{level.Index}", Texts.DraftAutomatic);

    private static IEnumerable<PolicyError> NotPlain(Policy policy)
    {
        var texts = new List<(string Pointer, string? Text)> { ("/name", policy.Name), ("/description", policy.Description), ("/titleTemplate", Fields().Replace(policy.TitleTemplate ?? "-", "-")) };
        texts.AddRange(policy.Levels.Select((level, index) => ($"/levels/{index}/name", (string?)level.Name)));
        var known = string.Join('\n', [policy.Key, policy.When, .. policy.ActionTypes]);
        return from each in texts
               where each.Text is not null && PlainText.Of(each.Text, known, PolicyReader.MaxDescriptionLength) is null
               select new PolicyError(each.Pointer, Texts.DraftPlain);
    }

    private static Value Pruned(Value value) => value.Kind switch
    {
        ValueKind.Map => Value.Map(value.Members.Where(member => !IsNothing(member.Value)).Select(member => KeyValuePair.Create(member.Key, Pruned(member.Value)))),
        ValueKind.List => Value.List(ImmutableArray.CreateRange(value.Items.ToArray().Select(Pruned))),
        _ => value,
    };

    private static bool IsNothing(Value value) => value.IsNull || (value.Kind == ValueKind.List && value.Items.IsEmpty);

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
