using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Chains.Levels;

namespace Approvals.Directory;

/// <summary>
/// How policies name people: <c>user:ana</c>, <c>role:finance-manager</c>, <c>group:legal</c>, <c>manager:requester</c> (or
/// <c>manager^2:requester</c>), <c>field:payload.costCenterOwner</c>, and <c>principal</c>, the person for whom an agent asks.
/// </summary>
/// <param name="Name">Id, role or group; for fields the path within the payload.</param>
/// <param name="Steps">Of managers only: how many steps up from the requester, from 1.</param>
public sealed partial record ApproverReference(ReferenceKind Kind, string Name, int Steps = 0)
{
    public const int MaxLength = 200;
    public const int MaxSteps = 10;

    private const string Requester = "requester";

    public static bool TryParse(string text, [NotNullWhen(true)] out ApproverReference? reference) => TryParse(text, out reference, out _, out _);

    /// <param name="error">Why not; null where it can be read.</param>
    /// <param name="suggestion">What was probably meant, or null.</param>
    internal static bool TryParse(
        string text, [NotNullWhen(true)] out ApproverReference? reference, [NotNullWhen(false)] out string? error, out string? suggestion)
    {
        (reference, error, suggestion) = (null, null, null);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, name) = colon < 0 ? ("", text) : (text[..colon], text[(colon + 1)..]);
        reference = kind switch
        {
            "user" when IsName(name) => new(ReferenceKind.User, name),
            "role" when IsLabel(name) => new(ReferenceKind.Role, name),
            "group" when IsLabel(name) => new(ReferenceKind.Group, name),
            "field" when PayloadPath().IsMatch(name) => new(ReferenceKind.Field, name["payload.".Length..]),
            "" when name == GroupDefinition.Principal && colon < 0 => new(ReferenceKind.Principal, name),
            "manager" when name == Requester => new(ReferenceKind.Manager, name, 1),
            _ when name == Requester && StepsUp(kind) is { } steps => new(ReferenceKind.Manager, name, steps),
            _ => null,
        };
        if (reference is not null && text.Length <= MaxLength)
        {
            return true;
        }
        reference = null;
        (error, suggestion) = Explain(kind, name);
        return false;
    }

    /// <summary>The form in which it is written.</summary>
    public override string ToString() => Kind switch
    {
        ReferenceKind.User => $"user:{Name}",
        ReferenceKind.Role => $"role:{Name}",
        ReferenceKind.Group => $"group:{Name}",
        ReferenceKind.Principal => GroupDefinition.Principal,
        ReferenceKind.Field => $"field:payload.{Name}",
        _ => Steps == 1 ? $"manager:{Requester}" : string.Create(CultureInfo.InvariantCulture, $"manager^{Steps}:{Requester}"),
    };

    private static int? StepsUp(string kind) =>
        kind.StartsWith("manager^", StringComparison.Ordinal)
        && int.TryParse(kind.AsSpan("manager^".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var steps)
        && steps is >= 1 and <= MaxSteps
            ? steps
            : null;

    private static bool IsName(string name) => IsLabel(name) && !name.Any(char.IsWhiteSpace);

    /// <summary>Roles and groups are often named by other systems; only blanks at the ends are surely mistakes.</summary>
    internal static bool IsLabel(string name) => name.Length > 0 && name.Trim() == name && !name.Any(char.IsControl);

    private static (string Error, string? Suggestion) Explain(string kind, string name)
    {
        if (kind.StartsWith("manager", StringComparison.Ordinal))
        {
            return (Phrase.With(Texts.WrongManager, MaxSteps), $"manager:{Requester}");
        }
        if (kind == "field")
        {
            var isPath = name != "payload" && PayloadPath().IsMatch($"payload.{name}");
            return (Texts.WrongField, isPath ? $"field:payload.{name}" : null);
        }
        var nearest = kind.Length == 0 ? "user" : Values.Reading.Nearest.Word(kind, ["user", "role", "group", "manager", "field"]);
        var suggestion = nearest is "user" or "role" or "group" && IsName(name) && name.Length < 100 ? $"{nearest}:{name}" : null;
        return (Texts.WrongApprover, suggestion);
    }

    [GeneratedRegex(@"^payload(\.[A-Za-z0-9_-]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PayloadPath();
}

/// <summary>Where a reference looks.</summary>
public enum ReferenceKind
{
    User,
    Role,
    Group,
    Manager,
    Field,

    /// <summary>The person for whom the requesting agent acts; nobody where it acts for nobody.</summary>
    Principal,
}
