using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>A mail in both its forms.</summary>
/// <param name="Subject">One line.</param>
public sealed record MailContent(string Subject, string Text, string Html)
{
    private const string MainAction =
        "display:inline-block;padding:9px 18px;border-radius:6px;background:#1d5c8f;color:#fff;text-decoration:none;font-weight:600";

    private const string Quote = "margin:16px 0;padding:2px 0 2px 12px;border-left:3px #c9cbc5 solid;white-space:pre-line;word-break:break-word";

    /// <summary>Of one message: the service's own lines, then what people typed, set off, then where to answer.</summary>
    public static MailContent Of(Message message, TenantSnapshot tenant, MessageLinks links)
    {
        var facts = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        var said = ImmutableArray.CreateBuilder<Said>();
        if (message.Request is { } request)
        {
            facts.Add(new(Texts.MessageRequest, Invisible.Line(request.Snapshot.Title)));
            facts.Add(new(Texts.MessageFrom, Invisible.Line(request.Snapshot.Requester.Name)));
            if (request.Snapshot.Description is { Length: > 0 } description)
            {
                said.Add(new Said(Texts.MessageDescription, SetOff.Block(description), null));
            }

            var summary = PayloadSummary.Of(request, tenant);
            if (!summary.Lines.IsEmpty)
            {
                said.Add(new Said(Texts.Payload, SetOff.Block(string.Join('\n', summary.Lines.Select(line => $"{line.Key}: {line.Value}"))), summary.More));
            }
        }

        if (message.DueAt is { } due)
        {
            facts.Add(new(Texts.MessageDue, TenantTime.Write(due, tenant.Settings.TimeZone)));
        }

        var actions = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        if (links.AnswerOf(message) is { } answer)
        {
            actions.Add(new(Texts.MessageApproveOrReject, answer));
        }

        if (links.RequestOf(message) is { } page)
        {
            actions.Add(new(Texts.OpenTheRequest, page));
        }

        return new MailContent(message.Title, Plain(message.PersonalText, facts, said, actions), Markup(message.Title, message.PersonalText, facts, said, actions));
    }

    /// <summary>Of several feed items in one mail, oldest first. The text of each is indented: none can pass for another item.</summary>
    public static MailContent Of(IReadOnlyCollection<Notification> items)
    {
        var text = new StringBuilder();
        var html = new StringBuilder();
        foreach (var item in items)
        {
            var (title, body) = (Invisible.Line(item.Title), item.Text.ReplaceLineEndings("\n"));
            text.Append(CultureInfo.InvariantCulture, $"{title}\n  {Invisible.Removed(body).Replace("\n", "\n  ", StringComparison.Ordinal)}\n{item.Link}\n\n");
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:16px 0 0\"><strong>{Encode(title)}</strong></p>{Paragraphs(body)}");
            html.Append(item.Link is null ? "" : $"<p style=\"margin:0\"><a href=\"{Encode(item.Link)}\">{Encode(Texts.MessageOpen)}</a></p>");
        }

        var subject = items.Count == 1 ? Texts.DigestOne : Phrase.With(Texts.DigestMany, items.Count);
        return new MailContent(subject, text.ToString(), Page(subject, html.ToString()));
    }

    private static string Plain(
        string sentence, IEnumerable<KeyValuePair<string, string>> facts, IEnumerable<Said> said, IEnumerable<KeyValuePair<string, string>> actions)
    {
        var text = new StringBuilder(sentence).Append("\n\n");
        foreach (var (name, value) in facts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        }

        foreach (var (name, block, more) in said)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{name}:\n{block}\n");
            text.Append(more is null ? "" : $"{more}\n");
        }

        foreach (var (name, address) in actions)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{name}:\n{address}\n");
        }

        return text.ToString();
    }

    private static string Markup(
        string title, string sentence, IEnumerable<KeyValuePair<string, string>> facts, IEnumerable<Said> said, IEnumerable<KeyValuePair<string, string>> actions)
    {
        var body = new StringBuilder($"<h1 style=\"font-size:18px;line-height:1.3;margin:0 0 8px\">{Encode(title)}</h1>{Paragraphs(sentence)}");
        body.Append("<table role=\"presentation\" style=\"border-collapse:collapse;margin:16px 0\">");
        foreach (var (name, value) in facts)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td style=\"color:#545b64;vertical-align:top;padding:3px 16px 3px 0\">{Encode(name)}</td><td style=\"padding:3px 0;word-break:break-word\">{Encode(value)}</td></tr>");
        }

        body.Append("</table>");
        foreach (var (name, block, more) in said)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p style=\"color:#545b64;margin:0\">{Encode(name)}</p>{Paragraphs(block)}");
            body.Append(more is null ? "" : $"<p style=\"color:#545b64;margin:0\">{Encode(more)}</p>");
        }

        foreach (var (index, (name, address)) in actions.Index())
        {
            // What is asked for is a button, the rest are links.
            var style = index == 0 ? MainAction : "color:#1d5c8f";
            body.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:12px 0 0\"><a href=\"{Encode(address)}\" style=\"{style}\">{Encode(name)}</a></p>");
        }

        return Page(title, body.ToString());
    }

    private static string Paragraphs(string text) => string.Concat(SetOff.Parts(text).Select(part => part.IsSetOff
        ? $"<blockquote style=\"{Quote}\">{Encode(part.Text)}</blockquote>"
        : $"<p style=\"white-space:pre-line\">{Encode(part.Text)}</p>"));

    private static string Page(string title, string body) =>
        $"<!doctype html><html lang=\"{Texts.LanguageTag}\"><head><meta charset=\"utf-8\"><title>{Encode(title)}</title></head><body style=\"margin:0;padding:16px;background:#f7f7f5;color:#1d2126;font:15px/1.5 'Segoe UI',Roboto,Helvetica,Arial,sans-serif\">"
        + $"<div style=\"max-width:560px;margin:0 auto;padding:24px;background:#fff;border:1px solid #e2e3df;border-radius:8px\"><p style=\"margin:0 0 16px;font-weight:600;color:#1d5c8f\">{Encode(Texts.Product)}</p>{body}</div></body></html>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>What people typed.</summary>
    /// <param name="Block">Set off.</param>
    /// <param name="More">The service's own line after it.</param>
    private sealed record Said(string Name, string Block, string? More);
}
