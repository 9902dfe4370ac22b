using System.Collections.Immutable;
using Approvals.Requests;
using Approvals.Web.Trail;

namespace Approvals.Web.Requests;

/// <summary>A later stretch of a long history.</summary>
public sealed record HistoryView(StoredRequest Request, ImmutableArray<TrailItem> Items, string? NextCursor);
