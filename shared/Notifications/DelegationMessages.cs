using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>Both sides are told when a delegation begins or ends.</summary>
internal static class DelegationMessages
{
    public static ImmutableArray<Message> Of(EventFacts facts, TenantSnapshot tenant)
    {
        if (facts.Text("delegator") is not { } delegator || facts.Text("delegate") is not { } delegated)
        {
            return [];
        }

        string Day(DateTimeOffset? at) => at is { } time ? TenantTime.Write(time, tenant.Settings.TimeZone) : Texts.MessageNow;
        string Name(string id) => tenant.Directory.Find(id)?.Name ?? id;
        var ended = facts.Text("change") == "ended";
        var title = ended ? Phrase.With(Texts.MessageDelegationEnded, Name(delegator), Name(delegated)) : Phrase.With(Texts.MessageDelegation, Name(delegated), Name(delegator));
        var text = ended
            ? Texts.MessageDelegationOver
            : Phrase.With(Texts.MessageDelegationText, Day(facts.Time("from")), Day(facts.Time("until")), Actions(facts));
        return
        [
            .. new[] { delegated, delegator }.Distinct(StringComparer.Ordinal).Select(person => new Message
            {
                Id = $"{facts.Event.Id}.{person}",
                EventId = facts.Event.Id,
                Tenant = facts.Event.Tenant,
                Person = person,
                Kind = facts.Event.Type,
                Title = Invisible.Line(title),
                Text = text,
                At = facts.Event.Time,
            }),
        ];
    }

    private static string Actions(EventFacts facts) =>
        facts.People("actionTypes") is var actions && actions.Contains(ActionPattern.All) ? Texts.MessageAllActions : string.Join(", ", actions);
}
