using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.State;
using Approvals.Directory;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Notifications;

/// <summary>Collects the messages of one event. What comes first for a person stays: being asked goes before being told.</summary>
internal sealed class MessageList(EventFacts facts, StoredRequest request, TenantSnapshot tenant)
{
    private readonly ImmutableArray<Message>.Builder _messages = ImmutableArray.CreateBuilder<Message>();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public ImmutableArray<Message> ToImmutable() => _messages.ToImmutable();

    /// <summary>
    /// Asks people to decide, each at the first level from <paramref name="from"/> on that has a place for them. Whose place was routed to a
    /// delegate is not asked: the event of the delegation tells them. A delegate whose time is over is not asked either, but the holder again.
    /// </summary>
    public void Ask(IEnumerable<string?> people, int from, Func<WordingContext, Words> wording)
    {
        foreach (var person in people)
        {
            if (person is null || _told.Contains(person))
            {
                continue;
            }

            var (level, places) = Places(person, from);
            if (Array.Find(places, place => Asked(place) == person) is { } first)
            {
                var own = places.Any(place => place.Person == person && Asked(place) == person);
                Add(person, wording, level, own ? null : first.Person);
            }
        }
    }

    /// <param name="except">Who did it.</param>
    public void Tell(IEnumerable<string?> people, string? except, Func<WordingContext, Words> wording)
    {
        foreach (var person in people)
        {
            if (person is not null && person != except)
            {
                Add(person, wording, null, null);
            }
        }
    }

    private void Add(string person, Func<WordingContext, Words> wording, int? level, string? onBehalfOf)
    {
        // Agents read no messages: they learn from the gate's answer.
        if (!_told.Add(person) || tenant.Directory.Find(person) is { MayDecide: false })
        {
            return;
        }

        var shown = level ?? Math.Max(facts.Level, request.State.CurrentLevel);
        var state = shown >= 1 && shown <= request.State.Levels.Length ? request.State.Levels[shown - 1] : null;
        var words = wording(new WordingContext(facts, request, state, onBehalfOf is null ? null : Invisible.Line(Name(onBehalfOf)), Name));
        _messages.Add(new Message
        {
            Id = $"{facts.Event.Id}.{person}",
            EventId = facts.Event.Id,
            Tenant = facts.Event.Tenant,
            Person = person,
            Kind = facts.Event.Type,
            Request = request,
            AskedAt = level,
            Title = Invisible.Line(words.Title),
            Text = words.Text,
            DueAt = level is null ? null : facts.Time("dueAt") ?? state?.DueAt,
            At = facts.Event.Time,
        });
    }

    private string Asked(ApproverState place) =>
        Authority.StillRouted(tenant, place, request.State.ActionType, facts.Event.Time) ?? place.Person;

    private string Name(string id) => tenant.Directory.Find(id)?.Name ?? id;

    /// <summary>The first level from there on where the person holds or was routed a place; without one, the present level and a place of their own.</summary>
    private (int Level, ApproverState[] Places) Places(string person, int from)
    {
        var levels = request.State.Levels;
        for (var level = Math.Max(from, 1); level <= levels.Length; level++)
        {
            var places = levels[level - 1].Groups.SelectMany(group => group.Approvers)
                .Where(place => place.Person == person || place.RoutedTo == person).ToArray();
            if (places.Length > 0)
            {
                return (level, places);
            }
        }

        return (request.State.CurrentLevel, [new ApproverState { Person = person }]);
    }
}
