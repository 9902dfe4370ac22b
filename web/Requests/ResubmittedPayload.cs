using System.Collections.Immutable;
using System.Text;
using Approvals.Types;
using Approvals.Values;
using Approvals.Web.Cards;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Requests;

/// <summary>The payload that a resubmission's form makes of the one before: whole as JSON, or by its fields.</summary>
internal static class ResubmittedPayload
{
    /// <returns>The payload, and what is wrong by path; the empty path is the form as a whole.</returns>
    public static (Value Payload, ImmutableDictionary<string, string> Wrong) Read(ApprovalType type, Value before, IFormCollection form)
    {
        var typed = !type.MetadataSchema.Properties.IsEmpty;
        if (!typed && form.TryGetValue("payload", out var json))
        {
            return !JsonText.TryParse(Encoding.UTF8.GetBytes(json.ToString()), JsonLimits.Message, out var whole, out var error)
                ? (Value.Null, Fault("", Say.With(Texts.JsonWrong, error.Line, error.Column, error.Message)))
                : whole.Kind == ValueKind.Map ? (whole, ImmutableDictionary<string, string>.Empty)
                : (Value.Null, Fault("", Texts.PayloadMustBeObject));
        }

        var schema = PayloadSchema.Of(type, before);
        var payload = SchemaForm.Merge(schema, before, SchemaForm.Read(schema, form, InputFieldEditor.Prefix, out var wrong));
        foreach (var fault in typed ? schema.Check(payload) : [])
        {
            var path = fault.Pointer.TrimStart('/').Replace('/', '.');
            wrong = wrong.ContainsKey(path) ? wrong : wrong.Add(path, fault.Message);
        }

        return (payload, wrong);
    }

    private static ImmutableDictionary<string, string> Fault(string path, string why) => ImmutableDictionary<string, string>.Empty.Add(path, why);
}
