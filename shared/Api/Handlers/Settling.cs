using Approvals.Api.Http;
using Approvals.Chains;
using Approvals.Requests;

namespace Approvals.Api.Handlers;

/// <summary>Holds a call until a request is settled, the time is over, or the host stops.</summary>
internal static class Settling
{
    public static async ValueTask<StoredRequest> WaitAsync(Call call, StoredRequest request, TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero || IsSettled(request))
        {
            return request;
        }
        var services = call.Services;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation, services.Stopping);
        var until = services.Time.GetUtcNow() + wait;
        try
        {
            while (!IsSettled(request) && until - services.Time.GetUtcNow() is var left && left > TimeSpan.Zero)
            {
                request = await services.Requests.WaitAsync(call.Tenant, request.State.Id, request.State.Version, left, ending.Token) ?? request;
            }
        }
        catch (OperationCanceledException) when (services.Stopping.IsCancellationRequested)
        {
            // The caller asks again and finds the next instance.
        }
        return request;
    }

    private static bool IsSettled(StoredRequest request) =>
        request.State.Status is RequestStatus.Approved or RequestStatus.Rejected or RequestStatus.Withdrawn or RequestStatus.Expired;
}
