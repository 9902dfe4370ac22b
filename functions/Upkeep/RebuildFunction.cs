using Approvals.Functions.Orchestration.V1;
using Approvals.Functions.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Approvals.Functions.Upkeep;

/// <summary>The operators' command that makes a tenant's lists, inboxes and audit index anew. Asks for the application's master key.</summary>
public sealed class RebuildFunction(IUpkeepWork work)
{
    [Function("OperatorRebuild")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "operator/tenants/{tenant}/projections")] HttpRequest request,
        string tenant,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!(await work.TenantsAsync(cancellation)).Contains(tenant))
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "No such tenant");
        }

        var instance = $"rebuild-{TableKey.Part(tenant)}";
        if (await client.GetInstanceAsync(instance, cancellation) is { IsRunning: true })
        {
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "The rebuild runs already");
        }

        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RebuildOrchestrator), new RebuildOrchestrator.Input(tenant), new StartOrchestrationOptions(instance), cancellation);
        return Results.Accepted(value: new { instance });
    }
}
