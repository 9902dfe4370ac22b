using Approvals.Links;

namespace Approvals.Notifications;

/// <summary>Absolute addresses for messages.</summary>
public sealed class MessageLinks(LinkIssuer issuer, PublicAddress address)
{
    /// <summary>The request's page; null where the message is about no request.</summary>
    public string? RequestOf(Message message) =>
        message.Request is { } request ? address.LinkTo($"/requests/{Uri.EscapeDataString(request.State.Id)}") : null;

    /// <summary>The approve link of somebody who is asked, else null.</summary>
    public string? AnswerOf(Message message) => message is { AskedAt: { } level, Request: { } request }
        ? address.LinkTo(issuer.PathOf(request.State, level, message.Person, message.Id, message.At))
        : null;
}
