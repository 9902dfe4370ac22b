using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Directory;
using Approvals.Outbox;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>Administrators are told when somebody left, and when somebody was given authority that no second administrator agreed to.</summary>
internal static class DirectoryMessages
{
    public static ImmutableArray<Message> Of(EventFacts facts, TenantSnapshot tenant)
    {
        var name = facts.Text("name") ?? facts.Event.RequestId;
        var by = facts.Text("changedBy") is not { } changedBy || changedBy == Actor.System.Id ? Actor.System.Name : tenant.Directory.Find(changedBy)?.Name ?? changedBy;
        var left = DirectoryEvents.IsDeparture(facts.Text("change"));
        var title = Phrase.With(left ? Texts.MessagePersonLeft : Texts.MessageAuthorityGiven, name);
        var text = Phrase.With(left ? Texts.MessagePersonLeftText : Texts.MessageAuthorityGivenText, by);
        return
        [
            .. tenant.Directory.InRole(Roles.Admin).Where(person => person.MayDecide).Select(person => new Message
            {
                Id = $"{facts.Event.Id}.{person.Id}",
                EventId = facts.Event.Id,
                Tenant = facts.Event.Tenant,
                Person = person.Id,
                Kind = facts.Event.Type,
                Title = Invisible.Line(title),
                Text = Invisible.Line(text),
                At = facts.Event.Time,
            }),
        ];
    }
}
