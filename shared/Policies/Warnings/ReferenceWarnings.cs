using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Directory;
using Approvals.Values.Reading;

namespace Approvals.Policies.Warnings;

/// <summary>Approver references that name nobody of the directory.</summary>
internal static class ReferenceWarnings
{
    public static IEnumerable<PolicyWarning> Of(DirectorySnapshot directory, Policy policy) =>
        In(policy).Select(each => (each.Path, Message: Message(directory, each.Reference)))
            .Where(each => each.Message is not null).Select(each => new PolicyWarning(each.Path, each.Message!));

    /// <summary>All references of a policy, with where they stand.</summary>
    public static IEnumerable<(string Path, ApproverReference Reference)> In(Policy policy)
    {
        for (var i = 0; i < policy.Levels.Length; i++)
        {
            var level = policy.Levels[i];
            for (var j = 0; j < level.Groups.Length; j++)
            {
                var path = level.Groups is [{ Name: null }] ? $"/levels/{i}/approvers" : $"/levels/{i}/groups/{j}/approvers";
                foreach (var found in In(path, level.Groups[j].Approvers))
                {
                    yield return found;
                }
            }
            foreach (var found in In($"/levels/{i}/escalateTo", level.EscalateTo))
            {
                yield return found;
            }
        }
        foreach (var found in In("/watchers", policy.Watchers))
        {
            yield return found;
        }
    }

    private static IEnumerable<(string Path, ApproverReference Reference)> In(string path, ImmutableArray<string> references)
    {
        for (var i = 0; i < references.Length; i++)
        {
            if (ApproverReference.TryParse(references[i], out var reference))
            {
                yield return ($"{path}/{i}", reference);
            }
        }
    }

    private static string? Message(DirectorySnapshot directory, ApproverReference reference) => reference.Kind switch
    {
        ReferenceKind.User when directory.Find(reference.Name) is not { } person =>
            Unknown(Texts.WarningNoPerson, reference.Name, directory.People.Select(each => each.Id)),
        ReferenceKind.User when directory.Find(reference.Name)!.Kind != ActorType.Human => Phrase.With(Texts.WarningNoHuman, reference.Name),
        ReferenceKind.Role when directory.InRole(reference.Name).IsEmpty =>
            Unknown(Texts.WarningNoRole, reference.Name, directory.People.SelectMany(each => each.Roles)),
        ReferenceKind.Group when directory.InGroup(reference.Name).IsEmpty =>
            Unknown(Texts.WarningNoGroup, reference.Name, directory.People.SelectMany(each => each.Groups)),
        _ => null,
    };

    private static string Unknown(string text, string name, IEnumerable<string> known)
    {
        var message = Phrase.With(text, name);
        return Nearest.Word(name, known.Distinct(StringComparer.Ordinal)) is { } meant ? $"{message} {Suggestion.Meant(meant)}" : message;
    }
}
