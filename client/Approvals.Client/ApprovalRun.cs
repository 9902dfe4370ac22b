using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Approvals.Client;

/// <summary>Runs an action through the gate: asks, waits, claims, executes exactly what was approved, reports.</summary>
public static class ApprovalRun
{
    private static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Executes an action once it may be executed. A crash between claim and report leaves the execution <c>unknown</c> in the service; the
    /// grant is used up, so a later run asks for a new approval instead of executing again.
    /// </summary>
    /// <param name="payload">A JSON object: what will be done, whole.</param>
    /// <param name="execute">Gets the approved payload. Where it throws, the execution is reported as failed and the exception passes on.</param>
    /// <param name="wait">How long to wait for a decision; zero throws <see cref="ApprovalPendingException"/> at once.</param>
    /// <exception cref="ApprovalPendingException">Nobody has decided yet. Run the same again later: it finds the same request.</exception>
    /// <exception cref="ApprovalDeniedException">Rejected, withdrawn, revoked, or an answer that this client does not know.</exception>
    /// <exception cref="ApprovalTimeoutException">Nobody decided in time.</exception>
    /// <exception cref="ApprovalProblemException">The service refused the call or the claim; the action was not executed.</exception>
    /// <exception cref="HttpRequestException">The service is away; the action was not executed.</exception>
    public static async Task<T> RunAsync<T>(
        this ApprovalsClient client, GatedAction action, JsonElement payload, Func<JsonElement, CancellationToken, Task<T>> execute,
        TimeSpan wait = default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(execute);
        // The caller's document may be pooled and reused while the decision is awaited.
        payload = payload.Clone();
        var answer = await client.CheckAsync(action, payload, cancellation);
        if (answer is { Outcome: GateOutcome.Pending, RequestId: { } pending } && wait > TimeSpan.Zero)
        {
            answer = await client.WaitAsync(pending, wait, cancellation);
        }
        GateDecision.ThrowUnlessApproved(client.Logger, action.ActionType, GateDecision.Result(answer));
        if (answer.Outcome == GateOutcome.Allowed)
        {
            return await execute(payload, cancellation);
        }

        var execution = await client.ClaimAsync(answer.RequestId!, answer.Grant!, payload, cancellation);
        var succeeded = false;
        try
        {
            var result = await execute(payload, cancellation);
            succeeded = true;
            return result;
        }
        finally
        {
            await client.TryReportAsync(execution, succeeded);
        }
    }

    /// <summary>The same with a typed payload. <paramref name="execute"/> gets a new object, made of the approved JSON.</summary>
    /// <param name="type">How the payload is written and read; from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
    public static Task<T> RunAsync<TPayload, T>(
        this ApprovalsClient client, GatedAction action, TPayload payload, JsonTypeInfo<TPayload> type, Func<TPayload, CancellationToken, Task<T>> execute,
        TimeSpan wait = default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(execute);
        return client.RunAsync(
            action, JsonSerializer.SerializeToElement(payload, type), (approved, stop) => execute(approved.Deserialize(type)!, stop), wait, cancellation);
    }

    /// <summary>The same with a payload that is written and read by reflection.</summary>
    [RequiresUnreferencedCode("Reads and writes the payload by reflection; use the overload with JsonTypeInfo where code is trimmed.")]
    [RequiresDynamicCode("Reads and writes the payload by reflection; use the overload with JsonTypeInfo with native AOT.")]
    public static Task<T> RunAsync<TPayload, T>(
        this ApprovalsClient client, GatedAction action, TPayload payload, Func<TPayload, CancellationToken, Task<T>> execute,
        TimeSpan wait = default, CancellationToken cancellation = default) =>
        client.RunAsync(action, payload, (JsonTypeInfo<TPayload>)JsonSerializerOptions.Web.GetTypeInfo(typeof(TPayload)), execute, wait, cancellation);

    /// <summary>
    /// Reports without failing: the action was carried out or not, and an exception here would say otherwise. Without the report the service
    /// shows the execution as unknown. A cancelled caller reports too.
    /// </summary>
    internal static async Task TryReportAsync(this ApprovalsClient client, Execution execution, bool succeeded)
    {
        using var timeout = new CancellationTokenSource(ReportTimeout);
        try
        {
            await client.ReportAsync(execution, succeeded, timeout.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or ApprovalProblemException)
        {
            Telemetry.ReportLost(client.Logger, fault, execution.RequestId, execution.ExecutionId, succeeded);
        }
    }
}
