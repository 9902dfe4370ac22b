using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Web.Payloads;

/// <summary>A document that the payload points to: <c>attachments: [{name, url}]</c>.</summary>
/// <param name="Url">Null where the address is not https, and is then only named.</param>
public sealed record Attachment(string Name, Uri? Url)
{
    private const int Most = 50;

    public static ImmutableArray<Attachment> Of(Value payload)
    {
        if (!payload.TryGet("attachments", out var list) || list.Kind != ValueKind.List)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Attachment>();
        foreach (var item in list.Items[..Math.Min(list.Items.Length, Most)])
        {
            var url = Text(item, "url");
            if ((Text(item, "name") ?? url) is { } name)
            {
                found.Add(new Attachment(name, SafeUrl(url)));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Only https, and no user info that could disguise the host.</summary>
    private static Uri? SafeUrl(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttps && parsed.UserInfo.Length == 0 ? parsed : null;

    private static string? Text(Value item, string member) =>
        item.TryGet(member, out var value) && value.Kind == ValueKind.String && value.AsString().Length > 0 ? value.AsString() : null;
}
