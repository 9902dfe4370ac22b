using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Approvals.Types;
using Approvals.Values;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Cards;

/// <summary>A request type's schema as a form: its fields, and what was typed into them as a value. Whether that fits is the schema's to say.</summary>
public static partial class SchemaForm
{
    private const int Deepest = 4;

    public static ImmutableArray<InputField> Fields(FieldSchema schema)
    {
        var fields = ImmutableArray.CreateBuilder<InputField>();
        Collect(schema, "", "", required: true, fields, Deepest);
        return fields.ToImmutable();
    }

    /// <param name="prefix">Before the path of each field in the form's names.</param>
    /// <param name="wrong">By path: what could not be read at all.</param>
    public static Value Read(FieldSchema schema, IFormCollection form, string prefix, out ImmutableDictionary<string, string> wrong)
    {
        var found = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var value = Read(schema, "", form, prefix, found, Deepest);
        wrong = found.ToImmutable();
        return value;
    }

    /// <summary>A value as its field shows it; null where there is none at that path.</summary>
    public static string? TextOf(Value? payload, string path)
    {
        foreach (var step in path.Split('.'))
        {
            payload = payload is { Kind: ValueKind.Map } map && map.TryGet(step, out var member) ? member : null;
        }

        return TextOf(payload);
    }

    private static string? TextOf(Value? value) => value switch
    {
        null or { IsNull: true } => null,
        { Kind: ValueKind.String } text => text.AsString(),
        { Kind: ValueKind.List } list when list.Items.Length > 0 && list.Items.ToArray().All(item => item.Kind == ValueKind.String) =>
            string.Join(", ", list.Items.ToArray().Select(item => item.AsString())),
        { } other => JsonText.ToText(other),
    };

    /// <summary>
    /// A payload with what was typed in place of what was there. Members without a field stay; so does to the letter what nobody touched; an
    /// emptied field is left out.
    /// </summary>
    public static Value Merge(FieldSchema schema, Value before, Value typed)
    {
        var members = new List<KeyValuePair<string, Value>>();
        foreach (var (name, was) in before.Members)
        {
            var property = schema.Properties.FirstOrDefault(property => property.Key == name).Value;
            if (property is null)
            {
                members.Add(new(name, was));
            }
            else if (typed.TryGet(name, out var now))
            {
                members.Add(new(name, was.Kind == ValueKind.Map && now.Kind == ValueKind.Map ? Merge(property, was, now) : Same(was, now) ? was : now));
            }
            else if (was.IsNull || was is { Kind: ValueKind.String } text && string.IsNullOrWhiteSpace(text.AsString()))
            {
                members.Add(new(name, was));
            }
            else if (was.Kind == ValueKind.Map && !property.Properties.IsEmpty)
            {
                members.Add(new(name, Merge(property, was, Value.Map())));
            }
        }

        // A box that nobody ticked is no answer to what was never asked.
        members.AddRange(typed.Members.Where(added => !before.Members.Contains(added.Key) && added.Value != Value.False));
        return Value.Map(members);
    }

    /// <summary>Forms lose blanks at the ends and characters that nobody sees, and write lists of texts as one.</summary>
    private static bool Same(Value was, Value now) => was == now
        || (was.Kind == now.Kind && Touchless(was) == Touchless(now));

    private static string? Touchless(Value value) => Seen(value.Kind == ValueKind.List
        ? TextOf(value)?.Replace(", ", ",", StringComparison.Ordinal)
        : TextOf(value)?.ReplaceLineEndings("\n").Trim());

    /// <summary>Pages have a mark in place of some of the characters that nobody sees.</summary>
    private static string? Seen(string? text) => text is null ? null : Invisible.Removed(text).Replace("\uFFFD", "", StringComparison.Ordinal);

    private static void Collect(FieldSchema schema, string path, string group, bool required, ImmutableArray<InputField>.Builder fields, int depth)
    {
        foreach (var (name, property) in schema.Properties)
        {
            var step = path.Length == 0 ? name : $"{path}.{name}";
            var label = property.Title ?? Say.Label(name);
            var needed = required && schema.Required.Contains(name);
            if (IsGroup(property, depth))
            {
                Collect(property, step, group.Length == 0 ? label : $"{group} › {label}", needed, fields, depth - 1);
                continue;
            }

            fields.Add(new InputField(
                step, group, label, property.Description, KindOf(property), property.WriteOnly, needed,
                property.MinLength ?? 0, property.MaxLength, [.. property.Enum.Where(option => option.Kind == ValueKind.String).Select(option => option.AsString())]));
        }
    }

    private static Value Read(
        FieldSchema schema, string path, IFormCollection form, string prefix, ImmutableDictionary<string, string>.Builder wrong, int depth)
    {
        var members = new List<KeyValuePair<string, Value>>();
        foreach (var (name, property) in schema.Properties)
        {
            var step = path.Length == 0 ? name : $"{path}.{name}";
            if (IsGroup(property, depth))
            {
                var group = Read(property, step, form, prefix, wrong, depth - 1);
                if (group.Members.Count > 0 || schema.Required.Contains(name))
                {
                    members.Add(new(name, group));
                }
            }
            else if (Field(property, form[prefix + step].ToString().ReplaceLineEndings("\n").Trim(), step, wrong) is { } value)
            {
                members.Add(new(name, value));
            }
        }

        return Value.Map(members);
    }

    /// <summary>Null where nothing was typed, or what was typed is no such thing.</summary>
    private static Value? Field(FieldSchema schema, string text, string path, ImmutableDictionary<string, string>.Builder wrong)
    {
        switch (KindOf(schema))
        {
            case InputKind.Flag:
                return Value.From(text == "true");
            case var _ when text.Length == 0:
                return null;
            case InputKind.Number:
                if (JsonText.TryParse(Encoding.UTF8.GetBytes(AsJson(text)), out var number, out var inexact) && number.Kind == ValueKind.Double)
                {
                    return number;
                }

                wrong[path] = IsNumber(text) ? inexact!.Message : Texts.NotANumber;
                return null;
            case InputKind.Texts:
                return Value.List([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Value.From)]);
            case InputKind.Json:
                if (JsonText.TryParse(Encoding.UTF8.GetBytes(text), JsonLimits.Message, out var value, out var error))
                {
                    return value;
                }

                wrong[path] = Say.With(Texts.JsonWrong, error.Line, error.Column, error.Message);
                return null;
            default:
                return Value.From(text);
        }
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>A number as JSON has it where people write it otherwise: <c>.5</c>, <c>+5</c>, <c>007</c>, <c>5.</c>.</summary>
    private static string AsJson(string text)
    {
        var number = LeadingZeros().Replace(text, "$1");
        return number.StartsWith('.') ? $"0{number}" : number.StartsWith("-.", StringComparison.Ordinal) ? $"-0{number[1..]}" : number.TrimEnd('.');
    }

    [GeneratedRegex(@"^(-?)\+?0*(?=\d)")]
    private static partial Regex LeadingZeros();

    private static bool IsGroup(FieldSchema schema, int depth) => schema.Types is ["object"] && !schema.Properties.IsEmpty && depth > 0;

    private static InputKind KindOf(FieldSchema schema) => schema.Types switch
    {
        ["string"] => InputKind.Text,
        ["number"] or ["integer"] => InputKind.Number,
        ["boolean"] => InputKind.Flag,
        ["array"] when schema.Items is { Types: ["string"] } => InputKind.Texts,
        [] when !schema.Enum.IsEmpty => InputKind.Text,
        _ => InputKind.Json,
    };
}
