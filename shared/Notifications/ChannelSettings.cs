using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Directory;

namespace Approvals.Notifications;

/// <summary>Which channels there are besides the in-app feed.</summary>
public sealed record ChannelSettings
{
    public const string InApp = "in-app";
    public const string Email = "email";
    public const string TeamsChannel = "teams";

    /// <summary>Whether a mail server is set.</summary>
    public bool Mail { get; init; }

    /// <summary>Addresses of Teams workflows (incoming webhooks) by tenant.</summary>
    public ImmutableDictionary<string, Uri> Teams { get; init; } = ImmutableDictionary<string, Uri>.Empty;

    public bool Mails(Person? person, NotificationPreferences preferences) =>
        Mail && preferences.Email && person is { MayDecide: true, Email: { Length: > 0 } };

    public bool Posts(string tenant, Person? person, NotificationPreferences preferences) =>
        preferences.Teams && person is { MayDecide: true } && Teams.ContainsKey(tenant);

    /// <summary>Names of the channels by which a person is told.</summary>
    public ImmutableArray<string> Of(string tenant, Person? person, NotificationPreferences preferences) =>
    [
        InApp,
        .. Mails(person, preferences) ? [Email] : Array.Empty<string>(),
        .. Posts(tenant, person, preferences) ? [TeamsChannel] : Array.Empty<string>(),
    ];
}
