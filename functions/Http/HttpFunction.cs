using Approvals.Functions.Orchestration;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Approvals.Functions.Http;

/// <summary>
/// The one HTTP trigger. The API has more than fifty routes; a function for each would write the contract twice and cost a trigger each. Callers
/// are let in by the pipeline itself (<see cref="SignIn"/>), so the trigger asks for no key. The host tries routes in the order of the functions' names:
/// the name stands behind those of every function with a route of its own.
/// </summary>
/// <param name="clients">Takes the client that the host hands to functions, for the commands of this call and of the service's own work.</param>
public sealed class HttpFunction(Pipeline pipeline, DurableClients clients)
{
    [Function("Web")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Take(client);
        await pipeline.AnswerAsync(request.HttpContext);
        return Results.Empty;
    }
}
