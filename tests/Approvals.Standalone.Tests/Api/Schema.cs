using System.Text.Json;
using System.Text.RegularExpressions;

namespace Approvals.Standalone.Tests.Api;

/// <summary>The part of JSON Schema that the description uses. A member that it does not know is an error: the description would be behind.</summary>
internal static class Schema
{
    public static void Check(JsonElement schema, JsonElement value, string at)
    {
        if (Error(schema, value, at) is { } error)
        {
            Assert.Fail(error);
        }
    }

    private static string? Error(JsonElement schema, JsonElement value, string at)
    {
        schema = OpenApi.Resolve(schema);
        if (schema.TryGetProperty("anyOf", out var choices))
        {
            var errors = choices.EnumerateArray().Select(choice => Error(choice, value, at)).ToArray();
            return errors.Contains(null) ? null : string.Join(" or ", errors);
        }
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Is(name, value)))
        {
            return $"{at}: {value.ValueKind} is not {type}";
        }
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
        {
            return $"{at}: {value} is none of {words}";
        }
        if (value.ValueKind == JsonValueKind.String && schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
        {
            return $"{at}: {value} is not like {pattern}";
        }
        return value.ValueKind switch
        {
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().Select((item, i) => Error(items, item, $"{at}/{i}")).FirstOrDefault(error => error is not null),
            JsonValueKind.Object when schema.TryGetProperty("properties", out var properties) => Members(schema, properties, value, at),
            _ => null,
        };
    }

    private static string? Members(JsonElement schema, JsonElement properties, JsonElement value, string at)
    {
        if (schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing)
        {
            return $"{at}: {missing} is missing in {value}";
        }
        var open = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.True;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.TryGetProperty(member.Name, out var property))
            {
                if (Error(property, member.Value, $"{at}/{member.Name}") is { } error)
                {
                    return error;
                }
            }
            else if (!open)
            {
                return $"{at}: {member.Name} is not described";
            }
        }
        return null;
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
