using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Values;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Http;

/// <summary>The Idempotency-Key header: at most 200 printable characters, sent once.</summary>
internal static class IdempotencyKey
{
    private const string Name = "Idempotency-Key";

    public static string? Of(HttpRequest request, out Problem? problem)
    {
        problem = null;
        if (request.Method != HttpMethods.Post || !request.Headers.TryGetValue(Name, out var values))
        {
            return null;
        }
        var key = values.Count == 1 ? values[0] ?? "" : "";
        var error = values.Count == 1 ? TextRule.Line(key, TextRule.MaxId) : "Must be given once.";
        problem = error is null ? null : Problem.Invalid(Name, error);
        return key;
    }
}
