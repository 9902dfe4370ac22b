using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;
using Approvals.Requests;

namespace Approvals.Api.Handlers;

/// <summary>Decisions, one or many at a time.</summary>
internal static class DecisionHandlers
{
    private const int MostItems = 200;

    public static ValueTask<Reply> DecideAsync(Call call)
    {
        var fields = new Fields(call.Body);
        return CommandHandlers.SendAsync(call, fields, Read(call, fields));
    }

    /// <summary>Each item for itself: one that is refused does not hold up the others.</summary>
    public static async ValueTask<Reply> DecideManyAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var items = fields.Objects("items", MostItems).Select((item, i) => new Item(
            item.Id("requestId"), item.OptionalId("commandId") ?? call.NewId($"command/{i}"), Read(call, item))).ToArray();
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var results = await Task.WhenAll(items.Select(item => SendAsync(call, item)));
        return Reply.Ok((items, results), static (json, answered) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            for (var i = 0; i < answered.items.Length; i++)
            {
                WriteItem(json, answered.items[i], answered.results[i]);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task<CommandResult?> SendAsync(Call call, Item item) => await call.Services.Commands.SendAsync(
        call.Caller, call.Origin, item.RequestId, item.CommandId, new(item.Command), call.Cancellation);

    private static void WriteItem(System.Text.Json.Utf8JsonWriter json, Item item, CommandResult? result)
    {
        var problem = result?.Request is null ? Problem.NotFound : result.Receipt?.Refusal is { } refusal ? Problem.Of(refusal) : null;
        json.WriteStartObject();
        json.WriteString("requestId"u8, item.RequestId);
        json.WriteNumber("status"u8, problem?.Kind.Status ?? (result!.Receipt is null ? 202 : 200));
        if (problem is not null)
        {
            json.WritePropertyName("problem"u8);
            problem.Write(json, null);
        }
        else
        {
            json.WritePropertyName("request"u8);
            RequestJson.Write(json, result!.Request!);
        }
        json.WriteEndObject();
    }

    private static Command Read(Call call, Fields fields)
    {
        var by = call.Caller.Actor;
        var comment = fields.OptionalProse("comment") ?? fields.OptionalProse("reason");
        // "dismiss" is what cards of some approval types call a rejection; it needs its reason like any other.
        return fields.Word("decision", "approve", "reject", "requestChanges", "dismiss") switch
        {
            "approve" => new Command.Approve(comment) { By = by },
            "requestChanges" => new Command.RequestChanges(comment) { By = by },
            _ => new Command.Reject(comment) { By = by },
        };
    }

    private sealed record Item(string RequestId, string CommandId, Command Command);
}
