using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Client.AspNetCore;

/// <summary>
/// One call through the gate, before anything of it is bound or validated. Fails closed: where the gate can't be asked the endpoint does not run.
/// The execution counts as succeeded where the endpoint answers below 400.
/// </summary>
internal static class ApprovalStep
{
    public static async Task RunAsync(HttpContext http, string actionType, RequireApprovalOptions options, Func<Task> next)
    {
        var (body, fault) = await ReadAsync(http, options.MaxBodySize);
        if (fault is not null)
        {
            await RefuseAsync(http, fault.Value.Status, "VALIDATION_FAILED", fault.Value.Detail);
            return;
        }
        var (type, id) = options.Subject(http, body);
        var client = http.RequestServices.GetRequiredService<ApprovalsClient>();
        try
        {
            await client.RunAsync(
                new GatedAction(actionType, type, id),
                options.Payload(http, body),
                async (_, _) =>
                {
                    await Guarded(next);
                    return http.Response.StatusCode < 400 ? true : throw new EndpointFault(null);
                },
                options.Wait,
                http.RequestAborted);
        }
        catch (EndpointFault fromEndpoint)
        {
            fromEndpoint.Rethrow();
        }
        catch (ApprovalPendingException pending)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            http.Response.Headers.RetryAfter = "5";
            await http.Response.WriteAsJsonAsync(new { outcome = "pending", requestId = pending.ApprovalId, explanation = pending.Message });
        }
        catch (ApprovalTimeoutException late)
        {
            await RefuseAsync(http, StatusCodes.Status408RequestTimeout, late.Code, late.Message);
        }
        catch (ApprovalDeniedException denied)
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, denied.Code, denied.Message);
        }
        catch (ApprovalProblemException problem) when (problem.Problem.Status is 400 or 409 or 413)
        {
            await RefuseAsync(http, problem.Problem.Status, problem.Code, problem.Message);
        }
        catch (Exception away) when (away is ApprovalProblemException or HttpRequestException or TimeoutException or Polly.ExecutionRejectedException)
        {
            http.Response.Headers.RetryAfter = "5";
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "APPROVAL_UNAVAILABLE", "The call needs approval, and approval can't be asked for at the moment.");
        }
    }

    /// <summary>The endpoint's own exceptions are told apart from those of asking.</summary>
    private static async Task Guarded(Func<Task> next)
    {
        try
        {
            await next();
        }
        catch (Exception thrown)
        {
            throw new EndpointFault(thrown);
        }
    }

    private static async Task<(JsonElement Body, (int Status, string Detail)? Fault)> ReadAsync(HttpContext http, int maxSize)
    {
        var request = http.Request;
        if (request.ContentLength > maxSize)
        {
            return (default, (StatusCodes.Status413PayloadTooLarge, "The body is too large to be approved."));
        }
        request.EnableBuffering(bufferThreshold: maxSize, bufferLimit: maxSize);
        using var bytes = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(bytes, http.RequestAborted);
        }
        catch (IOException)
        {
            return (default, (StatusCodes.Status413PayloadTooLarge, "The body is too large to be approved."));
        }
        request.Body.Position = 0;
        if (bytes.Length == 0)
        {
            return (default, null);
        }
        if (!request.HasJsonContentType())
        {
            return (default, (StatusCodes.Status415UnsupportedMediaType, "The body of a call that needs approval is JSON."));
        }
        try
        {
            bytes.Position = 0;
            using var document = await JsonDocument.ParseAsync(bytes);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            return (default, (StatusCodes.Status400BadRequest, "The body is no JSON."));
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string code, string detail)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new ProblemDetails { Status = status, Detail = detail, Extensions = { ["code"] = code } }, options: null, contentType: "application/problem+json");
    }

    /// <summary>The endpoint ran and failed: by an exception, or by its answer.</summary>
    private sealed class EndpointFault(Exception? thrown) : Exception(null, thrown)
    {
        public void Rethrow()
        {
            if (InnerException is { } inner)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            }
        }
    }
}
