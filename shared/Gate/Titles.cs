using System.Collections.Immutable;

namespace Approvals.Gate;

/// <summary>Titles of requests that came without one.</summary>
public static class Titles
{
    /// <summary>By the template, sensitive fields masked; where that gives nothing, the action type and subject. 1–500 characters.</summary>
    public static string Of(string? template, GateCheck check, ImmutableArray<string> sensitive)
    {
        var title = template is not null && TitleTemplate.TryParse(template, out var parsed, out _, out _)
            ? parsed.Render(check.ActionType, check.Actor, check.Subject, check.Payload, sensitive)
            : "";
        return title.Length > 0 ? title : TitleTemplate.Line($"{check.ActionType} {check.Subject}");
    }
}
