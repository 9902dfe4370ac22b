using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>Reads schemas of the types file.</summary>
internal static class FieldSchemaReader
{
    private static readonly ImmutableArray<string> KnownTypes = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <summary>What is wrong with the schema is a <see cref="FormatException"/> that names the place.</summary>
    /// <param name="at">RFC 6901 pointer of the schema.</param>
    public static FieldSchema Read(Value source, string at)
    {
        if (source.Kind != ValueKind.Map)
        {
            throw Wrong(at, "a schema is an object");
        }

        var schema = new FieldSchema { Source = source };
        foreach (var (keyword, value) in source.Members)
        {
            schema = With(schema, keyword, value, $"{at}/{keyword}");
        }

        // Only texts at the top are taken out into the vault; a secret elsewhere would stay in the input.
        if (schema.WriteOnly && (!at.StartsWith("/properties/", StringComparison.Ordinal) || at.Count('/') > 2 || !schema.Types.SequenceEqual(["string"])))
        {
            throw Wrong(at, "only a top-level property of type string can be writeOnly");
        }

        return schema;
    }

    private static FieldSchema With(FieldSchema schema, string keyword, Value value, string at) => keyword switch
    {
        "type" => schema with { Types = TypesOf(value, at) },
        "required" => schema with { Required = TextList(value, at) },
        "properties" => schema with { Properties = PropertiesOf(value, at) },
        "additionalProperties" => schema with { OtherProperties = Flag(value, at) },
        "items" => schema with { Items = Read(value, at) },
        "minLength" => schema with { MinLength = Count(value, at) },
        "maxLength" => schema with { MaxLength = Count(value, at) },
        "enum" => schema with { Enum = value.Kind == ValueKind.List ? [.. value.Items] : throw Wrong(at, "a list is wanted") },
        "minimum" => schema with { Minimum = Number(value, at) },
        "maximum" => schema with { Maximum = Number(value, at) },
        "writeOnly" => schema with { WriteOnly = Flag(value, at) },
        "title" => schema with { Title = Text(value, at) },
        "description" => schema with { Description = Text(value, at) },
        "default" or "examples" or "format" or "readOnly" or "$schema" or "$id" or "$comment" => schema,
        _ => throw Wrong(at, "this keyword is not supported"),
    };

    private static ImmutableArray<string> TypesOf(Value value, string at)
    {
        var types = value.Kind == ValueKind.String ? [value.AsString()] : TextList(value, at);
        return types.All(type => KnownTypes.Contains(type)) ? types : throw Wrong(at, "there is no such type");
    }

    private static ImmutableArray<KeyValuePair<string, FieldSchema>> PropertiesOf(Value value, string at) => value.Kind == ValueKind.Map
        ? [.. value.Members.Select(member => KeyValuePair.Create(member.Key, Read(member.Value, $"{at}/{member.Key}")))]
        : throw Wrong(at, "an object is wanted");

    private static ImmutableArray<string> TextList(Value value, string at)
    {
        if (value.Kind != ValueKind.List)
        {
            throw Wrong(at, "a list is wanted");
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in value.Items)
        {
            texts.Add(Text(item, at));
        }

        return texts.ToImmutable();
    }

    private static string Text(Value value, string at) => value.Kind == ValueKind.String ? value.AsString() : throw Wrong(at, "text is wanted");

    private static bool Flag(Value value, string at) => value.Kind == ValueKind.Bool ? value.AsBool() : throw Wrong(at, "true or false is wanted");

    private static double Number(Value value, string at) =>
        value.Kind is ValueKind.Int or ValueKind.Double ? value.AsDouble() : throw Wrong(at, "a number is wanted");

    private static int Count(Value value, string at) =>
        Number(value, at) is >= 0 and <= int.MaxValue and var number && Math.Truncate(number) == number
            ? (int)number
            : throw Wrong(at, "a whole number is wanted");

    private static FormatException Wrong(string at, string why) => new($"The schema is wrong at '{at}': {why}.");
}
