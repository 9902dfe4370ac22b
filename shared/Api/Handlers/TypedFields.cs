using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>What an approval type asks of a payload and of a decision's input.</summary>
internal static class TypedFields
{
    /// <summary>Adds what is wrong with the payload, where it was sent at all.</summary>
    public static void Check(Call call, Fields fields, string member, string type, Value payload)
    {
        if (fields.Find(member) is not { Kind: ValueKind.Map })
        {
            return;
        }
        foreach (var fault in call.Services.Types.Of(type).MetadataSchema.Check(payload))
        {
            fields.Fail(member + fault.Pointer, fault.Message);
        }
    }

    public static Problem Input(IEnumerable<FieldFault> faults) =>
        Problem.Invalid([.. faults.Select(fault => new FieldError("/input" + fault.Pointer, fault.Message))]);
}
