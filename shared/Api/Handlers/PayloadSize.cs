using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Chains;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>A payload may have 256 KiB in its compact form.</summary>
internal static class PayloadSize
{
    private static readonly int Most = JsonLimits.Default.MaxBytes;

    private static readonly Problem TooLarge = Problem.Of(RefusalCode.PayloadTooLarge, "A payload may have at most 256 KiB.");

    public static Problem? Refusal(Call call, Value payload)
    {
        // Nearly every body is smaller than what its payload may be.
        if (call.BodyBytes <= Most)
        {
            return null;
        }
        using var text = PooledOutput.Rent();
        JsonText.Write(payload, text);
        return text.Written.Length > Most ? TooLarge : null;
    }
}
