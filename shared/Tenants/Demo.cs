using System.Collections.Immutable;
using Approvals.Policies.Packs;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Tenants;

/// <summary>The built-in demo tenant <c>contoso</c>, in the very form of a directory file and of policy files.</summary>
public static class Demo
{
    public const string Tenant = "contoso";

    private static readonly string[] Packed =
    [
        "purchasing.order.place", "purchasing.paymentRun.release", "sales.discount.apply", "accounting.journal.post", "agents.spend",
        "agents.message.send", "agents.data.delete",
    ];

    public static Value Directory { get; } = EmbeddedJson.Read("Demo/directory.json");

    /// <summary>Two of its own and some of the packs.</summary>
    public static ImmutableArray<Value> Policies { get; } =
    [
        EmbeddedJson.Read("Demo/purchasing.vendorBill.post.json"),
        EmbeddedJson.Read("Demo/legal.contract.sign.json"),
        .. PolicyPacks.All.Where(pack => Packed.Contains(pack.Key)).Select(pack => pack.For(Tenant)),
    ];
}
