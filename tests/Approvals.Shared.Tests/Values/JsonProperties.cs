using System.Globalization;
using System.Text;
using System.Text.Json;
using Approvals.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Shared.Tests.Values;

public sealed class JsonProperties
{
    [Fact]
    public void What_is_written_is_read_as_the_same() => Holds(Generated.Json, value =>
        JsonText.TryParse(Encoding.UTF8.GetBytes(JsonText.ToText(value)), out var read, out _)
        && read == value && JsonText.ToText(read) == JsonText.ToText(value) && read.GetHashCode() == value.GetHashCode());

    [Fact]
    public void The_canonical_form_does_not_depend_on_order() => Holds(Generated.Json, value =>
        JsonText.Canonical(value).AsSpan().SequenceEqual(JsonText.Canonical(Turned(value))) && PayloadHash.Of(value) == PayloadHash.Of(Turned(value)));

    [Fact]
    public void The_canonical_form_is_its_own() => Holds(Generated.Json, value =>
    {
        var canonical = JsonText.Canonical(value);
        return JsonText.Canonical(JsonText.Parse(canonical)).AsSpan().SequenceEqual(canonical);
    });

    [Fact]
    public void Different_values_have_different_canonical_forms() => Holds(Generated.Json.Two(), pair =>
        JsonText.Canonical(pair.Item1).AsSpan().SequenceEqual(JsonText.Canonical(pair.Item2)) == (pair.Item1 == pair.Item2));

    [Fact]
    public void Another_parser_agrees() => Holds(Generated.Json, value => Same(JsonDocument.Parse(JsonText.Canonical(value)).RootElement, value));

    [Fact]
    public void A_number_has_no_shorter_text_that_reads_back() => Holds(Generated.Number, number =>
    {
        var text = JsonText.ToText(Value.From(number));
        var digits = text.Split('e')[0].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0');
        var shortest = number.ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 17; precision++)
        {
            var candidate = number.ToString("E" + precision, CultureInfo.InvariantCulture);
            if (double.Parse(candidate, CultureInfo.InvariantCulture) == number)
            {
                shortest = candidate;
                break;
            }
        }
        var expected = shortest.Split('E')[0].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0');
        return double.Parse(text, CultureInfo.InvariantCulture) == number && digits.Length == expected.Length;
    });

    [Fact]
    public void Arbitrary_bytes_are_read_or_refused_with_a_place() => Holds(
        Gen.OneOf(
            Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(),
            Gen.Elements("{}[],:\"\\ud8001.2e-+tfnull \n"u8.ToArray()).ArrayOf(),
            Generated.Json.Zip(Gen.Choose(0, 10_000)).Select(pair => Damaged(Encoding.UTF8.GetBytes(JsonText.ToText(pair.Item1)), pair.Item2))),
        bytes => JsonText.TryParse(bytes, out _, out var error) ? IsJson(bytes) : error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0);

    private static byte[] Damaged(byte[] text, int seed)
    {
        text[seed % text.Length] ^= (byte)(1 << (seed % 8));
        return text;
    }

    private static bool IsJson(byte[] bytes)
    {
        JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false }).Dispose();
        return true;
    }

    private static Value Turned(Value value) => value.Kind switch
    {
        ValueKind.List => Value.List([.. value.Items.ToArray().Select(Turned)]),
        ValueKind.Map => Value.Map(value.Members.Reverse().Select(member => KeyValuePair.Create(member.Key, Turned(member.Value)))),
        _ => value,
    };

    private static bool Same(JsonElement element, Value value) => value.Kind switch
    {
        ValueKind.Null => element.ValueKind == JsonValueKind.Null,
        ValueKind.Bool => element.GetBoolean() == value.AsBool(),
        ValueKind.Double => element.GetDouble() == value.AsDouble(),
        ValueKind.String => element.GetString() == value.AsString(),
        ValueKind.List => element.EnumerateArray().Select((item, i) => Same(item, value.Items[i])).All(same => same),
        _ => element.EnumerateObject().Count() == value.Members.Count
            && element.EnumerateObject().All(member => value.TryGet(member.Name, out var other) && Same(member.Value, other)),
    };

    private static void Holds<T>(Gen<T> values, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(values.ToArbitrary(), property));
}
