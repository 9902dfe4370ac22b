using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approvals.Client;

// The service's JSON, as the HTTP API describes it.

internal sealed record GateBody(
    string ActionType, SubjectBody Subject, JsonElement Payload, string? Title, string? Description, string? Type, bool? Reopen);

internal sealed record SubjectBody(string Type, string Id);

internal sealed record ClaimBody(string Grant, JsonElement Payload);

internal sealed record ReportBody(string Outcome);

internal sealed record WithdrawalBody(string? Reason);

/// <summary>An answer of the gate, of a claim, of a command under way, or a problem: each sets some of the members.</summary>
internal sealed record AnswerBody
{
    public string? Outcome { get; init; }
    public string? RequestId { get; init; }
    public Grant? Grant { get; init; }
    public string? StatusUrl { get; init; }
    public string? Explanation { get; init; }
    public string? Reason { get; init; }
    public string? ExecutionId { get; init; }
    public string? Code { get; init; }
    public string? Title { get; init; }
    public string? Detail { get; init; }
    public string? TraceId { get; init; }
    public IReadOnlyList<FieldBody>? Fields { get; init; }
}

internal sealed record FieldBody(string? Pointer, string? Message);

/// <summary>How far a command is whose answer was not known in time.</summary>
internal sealed record CommandBody(string? Status, string? ExecutionId, AnswerBody? Problem);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GateBody))]
[JsonSerializable(typeof(ClaimBody))]
[JsonSerializable(typeof(ReportBody))]
[JsonSerializable(typeof(WithdrawalBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(CommandBody))]
internal sealed partial class Wire : JsonSerializerContext;
