using System.Collections.Immutable;
using Approvals.Web.Rendering;

namespace Approvals.Web.Trail;

/// <summary>The audit explorer.</summary>
public sealed record AuditView(AuditAddress Address, ImmutableArray<TrailItem> Items, string? NextCursor);

/// <summary>Filters as they stand in the address.</summary>
public sealed record AuditAddress
{
    public string? Actor { get; init; }
    public string? ActorType { get; init; }
    public string? Action { get; init; }
    public string? Subject { get; init; }
    public string? RequestId { get; init; }

    /// <summary>Local dates and times, as the browser's fields write them.</summary>
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Cursor { get; init; }

    public string Url => "/audit" + Query().Add("from", From).Add("to", To).Add("cursor", Cursor);

    /// <summary>Of the API, whose times are instants.</summary>
    public string ExportUrl(string format, string? from, string? to) =>
        "/audit/export" + Query().Add("from", from).Add("to", to).Add("format", format);

    private QueryText Query() => new QueryText()
        .Add("actor", Actor).Add("actorType", ActorType).Add("action", Action).Add("subject", Subject).Add("requestId", RequestId);
}
