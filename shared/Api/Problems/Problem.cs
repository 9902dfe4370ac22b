using System.Text.Json;
using Approvals.Chains;
using Approvals.Tokens;

namespace Approvals.Api.Problems;

/// <summary>An RFC 9457 answer in the making.</summary>
public sealed record Problem(ProblemKind Kind, string Detail)
{
    /// <summary>Seconds: people hardly answer sooner.</summary>
    private const int RetryWhenSettledAfter = 60;

    /// <summary>What is not there and what the caller may not see: the same words for both.</summary>
    public static readonly Problem NotFound = Of(RefusalCode.NotFound, "There is no such thing, or you may not see it.");

    public static readonly Problem SignInRequired = Of(ApiCode.SignInRequired, "Send credentials that this service accepts.");

    public static readonly Problem NotAuthorized = Of(RefusalCode.NotAuthorized, "Your roles do not allow this.");

    public static readonly Problem CrossSite =
        Of(ApiCode.CrossSite, "A page of another site may not use credentials that browsers and proxies add by themselves.");

    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>Seconds after which another try makes sense.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Further members, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Members { get; init; } = [];

    /// <param name="needed">Any of these.</param>
    public static Problem ScopeMissing(Scopes needed) => Of(
        ApiCode.TokenScopeMissing,
        "Make a token that has the scope: with POST /api/v1/tokens, signed in interactively as its person, or on the operator's command line.") with
    {
        Members = [new("required", ScopeWords.Of(needed))],
    };

    public static Problem Of(string code, string detail) => new(ProblemKind.Of(code), detail);

    public static Problem Of(Refusal refusal) => Of(refusal.Code, refusal.Detail) with
    {
        Fields = [.. refusal.Fields.Select(fault => new FieldError(fault.Pointer, fault.Message))],
        Members = refusal.Members.IsEmpty ? [] : [.. refusal.Members.Select(member => KeyValuePair.Create(member.Name, (string?)member.Value))],
        RetryAfter = refusal.Code == RefusalCode.TooManyOpen ? RetryWhenSettledAfter : null,
    };

    public static Problem Invalid(IReadOnlyList<FieldError> fields) =>
        Of(RefusalCode.ValidationFailed, "See the fields.") with { Fields = fields };

    public static Problem Invalid(string pointer, string message) => Invalid([new FieldError(pointer, message)]);

    /// <summary>Writes the members of the object; bulk answers embed it without <c>traceId</c>.</summary>
    public void Write(Utf8JsonWriter json, string? traceId)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, Kind.Type);
        json.WriteString("title"u8, Kind.Title);
        json.WriteNumber("status"u8, Kind.Status);
        json.WriteString("detail"u8, Detail);
        json.WriteString("code"u8, Kind.Code);
        if (traceId is not null)
        {
            json.WriteString("traceId"u8, traceId);
        }
        foreach (var (name, value) in Members)
        {
            json.WriteString(name, value);
        }
        if (Fields.Count > 0)
        {
            WriteFields(json);
        }
        json.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter json)
    {
        json.WriteStartArray("fields"u8);
        foreach (var field in Fields)
        {
            json.WriteStartObject();
            json.WriteString("pointer"u8, field.Pointer);
            json.WriteString("message"u8, field.Message);
            if (field.Line is { } line)
            {
                json.WriteNumber("line"u8, line);
                json.WriteNumber("column"u8, field.Column ?? 1);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
