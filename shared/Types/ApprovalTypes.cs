using System.Collections.Frozen;
using System.Collections.Immutable;
using Approvals.Gate;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>The registry: the built-in types, and those of the settings file, which may also give a built-in one a side effect.</summary>
public sealed class ApprovalTypes
{
    private readonly FrozenDictionary<string, ApprovalType> _types;

    private ApprovalTypes(IEnumerable<ApprovalType> types)
    {
        All = [.. types];
        _types = All.ToFrozenDictionary(type => type.Type, StringComparer.Ordinal);
    }

    /// <summary>The built-in types alone.</summary>
    public static ApprovalTypes BuiltIn { get; } = new(BuiltInTypes.All);

    public ImmutableArray<ApprovalType> All { get; }

    /// <summary>The type of that name; an unregistered one is a generic action.</summary>
    public ApprovalType Of(string requestType) => _types.GetValueOrDefault(requestType) ?? _types[ApprovalType.Generic];

    /// <summary>
    /// Reads the settings file: <c>[{type, actionType, titleTemplate, metadataSchema, decisionInputSchema, sideEffect: {url, secret}}]</c>. What is wrong
    /// with it is a <see cref="FormatException"/>.
    /// </summary>
    public static ApprovalTypes Parse(ReadOnlySpan<byte> json)
    {
        if (!JsonText.TryParse(json, out var file, out var error))
        {
            throw new FormatException($"The types file is no JSON: {error.Message} (line {error.Line}, column {error.Column}).");
        }

        if (file.Kind != ValueKind.List)
        {
            throw new FormatException("The types file must be a list of {type, actionType, titleTemplate, metadataSchema, decisionInputSchema, sideEffect}.");
        }

        var types = BuiltInTypes.All.ToDictionary(type => type.Type, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in file.Items)
        {
            var type = One(item, types);
            types[type.Type] = seen.Add(type.Type) ? type : throw new FormatException($"The type '{type.Type}' comes twice.");
        }

        return new ApprovalTypes(types.Values);
    }

    /// <summary>A type as the file has it; of a built-in one, what the file leaves out stays.</summary>
    private static ApprovalType One(Value item, Dictionary<string, ApprovalType> known)
    {
        if (!item.TryGet("type", out var name) || name.Kind != ValueKind.String)
        {
            throw new FormatException("Every type needs its 'type'.");
        }
        if (TextRule.Line(name.AsString()) is { } wrong)
        {
            throw new FormatException($"The name of a type: {wrong}");
        }

        var type = known.GetValueOrDefault(name.AsString())
            ?? new ApprovalType { Type = name.AsString(), MetadataSchema = BuiltInTypes.All[0].MetadataSchema };
        foreach (var (member, value) in item.Members)
        {
            try
            {
                type = value.IsNull ? type : With(type, member, value);
            }
            catch (FormatException fault)
            {
                throw new FormatException($"The type '{type.Type}', {member}: {fault.Message}", fault);
            }
        }

        return type.HasSideEffect && !ActionPattern.IsActionType(type.ActionFor(type.Type))
            ? throw new FormatException($"The type '{type.Type}' has a side effect and needs an 'actionType', since its name can't be part of one.")
            : type;
    }

    private static ApprovalType With(ApprovalType type, string member, Value value) => member switch
    {
        "type" => type,
        "actionType" => type with { ActionType = Action(Text(value)) },
        "titleTemplate" => type with { TitleTemplate = Template(value) },
        "metadataSchema" => type with { MetadataSchema = FieldSchema.Parse(value) },
        "decisionInputSchema" => type with { DecisionInputSchema = FieldSchema.Parse(value) },
        "sideEffect" => type with { SideEffect = Effect(value) },
        _ => throw new FormatException("there is no such member."),
    };

    private static string Action(string text) => ActionPattern.IsActionType(text)
        ? text
        : throw new FormatException("an action type has letters, digits, dashes and underscores, joined by dots.");

    private static string Template(Value value)
    {
        var text = Text(value);
        return TitleTemplate.TryParse(text, out _, out var error, out var column) ? text : throw new FormatException($"{error} (column {column})");
    }

    private static SideEffect Effect(Value value)
    {
        if (!value.TryGet("url", out var url) || !Uri.TryCreate(Text(url), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new FormatException("it needs an http or https 'url'.");
        }

        if (value.Members.Keys.ToArray().Except(["url", "secret"]).FirstOrDefault() is { } unknown)
        {
            throw new FormatException($"it has no member '{unknown}', but 'url' and 'secret'.");
        }

        return !value.TryGet("secret", out var text) ? throw new FormatException("it needs a 'secret' to be signed with.")
            : WebhookSecret.TryParse(Text(text), out var secret, out var error) ? new SideEffect(address, secret)
            : throw new FormatException(error);
    }

    private static string Text(Value value) => value.Kind == ValueKind.String ? value.AsString() : throw new FormatException("text is wanted.");
}
