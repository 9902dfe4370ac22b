using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Requests;
using Approvals.Web.Rendering;

namespace Approvals.Web.Requests;

/// <summary>A list of requests: the reader's own, or all that they may see.</summary>
public sealed record MineView(MineAddress Address, ImmutableArray<RequestSummary> Items, string? NextCursor);

/// <param name="Everybody">For those who see every request of the tenant.</param>
public sealed record MineAddress(RequestStatus? Status, bool Everybody, string? Cursor)
{
    public string Url => "/requests" + new QueryText()
        .Add("status", Status is { } status ? Word(status) : null)
        .Add("who", Everybody ? "everybody" : null)
        .Add("cursor", Cursor);

    public static string Word(RequestStatus status) => Api.Json.Words.Of(status);
}
