using Approvals.Directory;

namespace Approvals.Chains;

/// <summary>
/// The trail keeps the service's own reasons in words that never change: a replay and a translated service write the same bytes. People read
/// them in the language of <see cref="Texts"/>.
/// </summary>
public static class ServiceReasons
{
    /// <param name="kept">A reason or rule as the trail has it; what people wrote comes back as it is.</param>
    public static string Shown(string kept) => kept switch
    {
        Chain.NobodyToApprove => Texts.ReasonNobodyToApprove,
        Chain.NoLongerThere => Texts.ReasonNoLongerThere,
        Chain.ChangedMeanwhile => Texts.ReasonChangedMeanwhile,
        Chain.NoResponse => Texts.ReasonNoResponse,
        Chain.AutoApprovedOnTimeout => Texts.ReasonAutoApprovedOnTimeout,
        SeedEntry.FromFile => Texts.ReasonDirectoryFile,
        _ => kept,
    };
}
