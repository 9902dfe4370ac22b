using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Approvals.Gate;
using Approvals.Policies.Reading;
using Approvals.Tenants;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Policies;

/// <summary>
/// Reads a policy as people write it, strictly: an unknown member, a wrong type, a value out of range, a condition that does not compile
/// are all refused, all at once, each with its place.
/// </summary>
public static class PolicyReader
{
    public const int MaxNameLength = 200;
    public const int MaxDescriptionLength = 4000;

    private const int MaxActionTypes = 50;
    private const int MaxSensitive = 100;
    private const int MaxPriority = 1_000_000;

    private static readonly string[] Members =
    [
        "tenant", "key", "name", "description", "actionTypes", "when", "priority", "levels", "distinctApprovers",
        "whenNoLevelApplies", "completeWithin", "grantValidFor", "sensitive", "titleTemplate", "watchers", "cases",
    ];

    private static readonly ImmutableArray<(string, bool)> NoLevelWords = [("fallback", false), ("allow", true)];

    /// <param name="source">The policy; its <c>tenant</c>, where it names one, must be the settings' own.</param>
    /// <param name="settings">Names the calendars and the time zone that levels may refer to.</param>
    public static bool TryRead(
        Value source, TenantSettings settings, [NotNullWhen(true)] out Policy? policy, out ImmutableArray<PolicyError> errors)
    {
        var found = new ReadErrors();
        policy = ObjectReader.TryOpen(source, "", Named.Part(static () => Texts.ReadingPolicy), found, Members, out var reader) ? Read(reader, settings, found) : null;
        errors = found.As(Error);
        policy = found.Any ? null : policy;
        return policy is not null;
    }

    /// <summary>The tenant that a policy file names; null where it names none.</summary>
    public static string? TenantOf(Value source) =>
        source.TryGet("tenant", out var tenant) && tenant.Kind == ValueKind.String ? tenant.AsString() : null;

    internal static PolicyError Error(ReadError error) => new(error.Pointer, error.Message, error.Line, error.Column, error.Suggestion);

    private static Policy Read(ObjectReader reader, TenantSettings settings, ReadErrors errors)
    {
        if (reader.Text("tenant", 200) is { } tenant && tenant != settings.Id)
        {
            reader.Error("tenant", Texts.WrongTenant);
        }
        var policy = new Policy
        {
            Key = Key(reader),
            Name = reader.Line("name", MaxNameLength, required: true) ?? "",
            Description = reader.Note("description", MaxDescriptionLength),
            ActionTypes = ActionTypes(reader),
            When = reader.Condition("when", errors),
            Priority = reader.Integer("priority", 0, -MaxPriority, MaxPriority),
            Levels = Levels(reader, settings, errors),
            DistinctApprovers = reader.Flag("distinctApprovers"),
            AllowWhenNoLevelApplies = reader.Word("whenNoLevelApplies", NoLevelWords, otherwise: false),
            CompleteWithin = reader.Duration("completeWithin", TimeSpan.FromHours(168), errors),
            GrantValidFor = reader.Duration("grantValidFor", TimeSpan.FromHours(24), errors),
            Sensitive = Sensitive(reader),
            TitleTemplate = Template(reader, errors),
            Watchers = reader.References("watchers"),
            Cases = CaseReader.Read(reader, errors),
        };
        if (policy.AllowWhenNoLevelApplies && policy.Levels.Any(level => level.HumanOnly))
        {
            reader.Error("whenNoLevelApplies", Texts.WrongNoLevelRule);
        }
        OwnActionsFloor.Check(policy, errors);
        return policy;
    }

    private static string Key(ObjectReader reader)
    {
        var key = reader.Text("key", ActionPattern.MaxLength, required: true);
        if (key is not null && !ActionPattern.IsActionType(key))
        {
            reader.Error("key", Texts.WrongKey);
        }
        return key ?? "";
    }

    private static ImmutableArray<string> ActionTypes(ObjectReader reader) => reader.Texts(
        "actionTypes", MaxActionTypes, ActionPattern.MaxLength, required: true,
        text => ActionPattern.IsPattern(text) ? null : (Texts.WrongActionType, ActionPattern.Suggestion(text)));

    private static ImmutableArray<Chains.Levels.LevelDefinition> Levels(ObjectReader reader, TenantSettings settings, ReadErrors errors)
    {
        if (reader.TryGet("levels", out var levels))
        {
            return LevelReader.Read(levels, settings, reader.At("levels"), errors);
        }
        reader.Error("levels", ReadFaults.Required("levels"));
        return [];
    }

    private static ImmutableArray<string> Sensitive(ObjectReader reader) => reader.Texts(
        "sensitive", MaxSensitive, SensitivePath.MaxLength,
        check: text => SensitivePath.IsPath(text)
            ? null
            : (Texts.WrongSensitive, SensitivePath.IsPath($"payload.{text}") ? $"payload.{text}" : null));

    private static string? Template(ObjectReader reader, ReadErrors errors)
    {
        if (reader.Line("titleTemplate", TitleTemplate.MaxLength) is not { } text)
        {
            return null;
        }
        if (!TitleTemplate.TryParse(text, out _, out var error, out var column))
        {
            errors.AddWithin(reader.At("titleTemplate"), 1, column, error);
        }
        return text;
    }
}
