using Approvals.Actors;
using Approvals.Tenants;

namespace Approvals.Web.Rendering;

/// <summary>What every component may ask: who reads, when, in which zone. Cascades through the page.</summary>
public sealed record PageContext
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The reader's zone where their browser told it, else the tenant's.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Path of the page, for the navigation's "you are here".</summary>
    public required string Path { get; init; }

    /// <summary>Every item of long lists is asked for.</summary>
    public bool Full { get; init; }

    /// <summary>Name and value of the anti-forgery field that every form carries.</summary>
    public required ForgeryField Forgery { get; init; }

    /// <summary>Null before sign-in and on link pages.</summary>
    public Reader? Reader { get; init; }

    /// <summary>What the last command of this reader did, shown once.</summary>
    public Notice? Notice { get; init; }
}

/// <summary>A signed-in person and all that their tenant looks like at this moment.</summary>
/// <param name="Waiting">Decisions that wait for them.</param>
/// <param name="Unread">Unread messages of the feed.</param>
/// <param name="CanSignOut">False behind a proxy that signs people in.</param>
public sealed record Reader(Caller Caller, int Waiting, int Overdue, int Unread, bool CanSignOut)
{
    public Actor Actor => Caller.Actor;

    public TenantSnapshot Tenant => Caller.Tenant;

    /// <summary>The name of somebody of the tenant; their id where the directory no longer knows them.</summary>
    public string NameOf(string person) =>
        person == Actor.System.Id ? Actor.System.Name : Tenant.Directory.Find(person)?.Name ?? person;
}

public sealed record ForgeryField(string Name, string Value);

/// <summary>A message about what was just done.</summary>
public sealed record Notice(NoticeKind Kind, string Text);

public enum NoticeKind
{
    Done,
    Refused,
}
