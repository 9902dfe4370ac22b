using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>Decisions, one or many at a time.</summary>
internal static class DecisionHandlers
{
    private const int MostItems = 200;

    public static async ValueTask<Reply> DecideAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var item = Read(call, fields, call.Path("id"), "command");
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var decision = await SendAsync(call, item);
        return decision.InputFaults.IsEmpty ? CommandReply.Of(call, item.CommandId, decision.Result) : call.Refuse(TypedFields.Input(decision.InputFaults));
    }

    /// <summary>Each item for itself: one that is refused does not hold up the others.</summary>
    public static async ValueTask<Reply> DecideManyAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var items = fields.Objects("items", MostItems).Select((item, i) => Read(call, item, item.Id("requestId"), $"command/{i}")).ToArray();
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
        }) with
        { IsUnsettled = results.Any(decision => decision.Result is { Request: not null, Receipt: null }) };
    }

    private static Task<Decision> SendAsync(Call call, Item item) => call.Services.Decisions.SendAsync(
        call.Caller, call.Origin, item.RequestId, item.CommandId, item.Command, item.Input, call.Cancellation);

    private static void WriteItem(Utf8JsonWriter json, Item item, Decision decision)
    {
        var result = decision.Result;
        var problem = !decision.InputFaults.IsEmpty ? TypedFields.Input(decision.InputFaults) : result?.Request is null ? Problem.NotFound : result.Receipt?.Refusal is { } refusal ? Problem.Of(refusal) : null;
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
            if (result!.Receipt is null)
            {
                json.WriteString("location"u8, CommandReply.StatusUrl(item.RequestId, item.CommandId));
            }
            json.WritePropertyName("request"u8);
            RequestJson.Write(json, result.Request!);
        }
        json.WriteEndObject();
    }

    private static Item Read(Call call, Fields fields, string requestId, string purpose)
    {
        var by = call.Caller.Actor;
        var comment = fields.OptionalProse("comment") ?? fields.OptionalProse("reason");
        // "dismiss" is what cards of some approval types call a rejection; it needs its reason like any other.
        Command.Decision command = fields.Word("decision", "approve", "reject", "requestChanges", "dismiss") switch
        {
            "approve" => new Command.Approve(comment) { By = by },
            "requestChanges" => new Command.RequestChanges(comment) { By = by },
            _ => new Command.Reject(comment) { By = by },
        };
        command = command with { PayloadHash = fields.OptionalId("payloadHash") };
        return new Item(requestId, fields.OptionalId("commandId") ?? call.NewId(purpose), command, fields.Has("input") ? fields.Map("input") : null);
    }

    private sealed record Item(string RequestId, string CommandId, Command.Decision Command, Value? Input);
}
