using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>Who gets an event on their stream: who may see what it tells of.</summary>
internal static class EventVisibility
{
    public static async ValueTask<bool> MaySeeAsync(ApiServices services, Caller caller, OutboxEvent happened, CancellationToken cancellation)
    {
        if (happened.Tenant != caller.TenantId)
        {
            return false;
        }
        if (caller.SeesAll || happened.Type == EventType.PolicyPublished)
        {
            return true;
        }
        if (happened.Type == EventType.DirectoryChanged)
        {
            return false;
        }
        if (happened.Type == EventType.DelegationChanged)
        {
            var data = JsonText.Parse(happened.Body.Span);
            return Names(data, "delegator", caller.Reader.Id) || Names(data, "delegate", caller.Reader.Id);
        }
        return await services.Requests.FindAsync(happened.Tenant, happened.RequestId, cancellation) is { } request
            && Visibility.MaySee(caller, request, services.Time.GetUtcNow());
    }

    private static bool Names(Value data, string member, string person) =>
        data.TryGet(member, out var value) && value.Kind == ValueKind.String && value.AsString() == person;
}
