using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>The people whom references mean, for one requester and payload.</summary>
internal readonly record struct References(DirectorySnapshot Directory, Actor Requester, Value Payload)
{
    /// <summary>Whose managers are meant: the person behind an agent, where there is one.</summary>
    private string Human => Requester.ActingFor?.Id ?? Requester.Id;

    /// <summary>
    /// Humans who may act only, each once, in the order of the references; within a role or group by id. What leads to nobody is passed over: an
    /// unknown id, a missing manager, a field that is absent or holds something else.
    /// </summary>
    public ImmutableArray<Person> People(ImmutableArray<string> references)
    {
        var people = ImmutableArray.CreateBuilder<Person>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in references)
        {
            if (!ApproverReference.TryParse(text, out var reference))
            {
                continue;
            }
            foreach (var person in Meant(reference))
            {
                if (person.MayDecide && seen.Add(person.Id))
                {
                    people.Add(person);
                }
            }
        }
        return people.ToImmutable();
    }

    /// <summary>Whether the references mean, or would, somebody who may act no more.</summary>
    /// <param name="left">With the roles and groups that they had.</param>
    public bool Mean(ImmutableArray<string> references, Person left)
    {
        foreach (var text in references)
        {
            if (ApproverReference.TryParse(text, out var reference) && Means(reference, left))
            {
                return true;
            }
        }
        return false;
    }

    private bool Means(ApproverReference reference, Person left) => reference.Kind switch
    {
        ReferenceKind.User => left.DirectoryId == reference.Name,
        ReferenceKind.Role => left.Roles.Contains(reference.Name),
        ReferenceKind.Group => left.Groups.Contains(reference.Name),
        // Without somebody in between the line ends there.
        ReferenceKind.Manager => IsOnLine(reference.Steps, left),
        ReferenceKind.Principal => Requester.ActingFor?.Id == left.Id,
        _ => Payload.At(reference.Name) is { } field && (field.Equals(Value.From(left.DirectoryId))
            || (field.Kind == ValueKind.List && field.Items.Contains(Value.From(left.DirectoryId)))),
    };

    private bool IsOnLine(int steps, Person left)
    {
        for (var step = 1; step <= steps; step++)
        {
            if (ManagerOf(step)?.Id == left.Id)
            {
                return true;
            }
        }
        return false;
    }

    private ImmutableArray<Person> Meant(ApproverReference reference) => reference.Kind switch
    {
        ReferenceKind.User => One(Directory.Named(reference.Name)),
        ReferenceKind.Role => Directory.InRole(reference.Name),
        ReferenceKind.Group => Directory.InGroup(reference.Name),
        ReferenceKind.Manager => One(ManagerOf(reference.Steps)),
        ReferenceKind.Principal => One(Requester.ActingFor is { } principal ? Directory.Find(principal.Id) : null),
        _ => Named(Payload.At(reference.Name)),
    };

    /// <summary>Up the line of managers. Where it runs in a circle it leads to nobody rather than back down.</summary>
    private Person? ManagerOf(int steps)
    {
        var passed = new HashSet<string>(StringComparer.Ordinal) { Human };
        var current = Directory.Find(Human);
        for (; steps > 0 && current is not null; steps--)
        {
            current = current.Manager is { } manager && passed.Add(manager) ? Directory.Find(manager) : null;
        }
        return current;
    }

    /// <summary>A field holds an id or a list of ids.</summary>
    private ImmutableArray<Person> Named(Value? field)
    {
        switch (field?.Kind)
        {
            case ValueKind.String:
                return One(Directory.Meant(field.Value.AsString()));
            case ValueKind.List:
                var people = ImmutableArray.CreateBuilder<Person>();
                foreach (var item in field.Value.Items)
                {
                    if (item.Kind == ValueKind.String && Directory.Meant(item.AsString()) is { } person)
                    {
                        people.Add(person);
                    }
                }
                return people.ToImmutable();
            default:
                return [];
        }
    }

    private static ImmutableArray<Person> One(Person? person) => person is null ? [] : [person];
}
