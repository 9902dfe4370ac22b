using System.Text;
using Approvals.Values;

namespace Approvals.Shared.Tests.Values;

public sealed class JsonParserTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1,[2,[3,[]]],{}]")]
    [InlineData("""{"z":1,"a":{"b":[true,false,null,"x"]},"":0}""")]
    [InlineData("""{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10}""")]
    [InlineData("""[{"a":1,"b":2},{"a":3,"b":4},{"b":5,"a":6},{"a":7}]""")]
    [InlineData("5000.5")]
    [InlineData("1e+300")]
    [InlineData("0.1")]
    public void Compact_text_is_written_as_it_was_read(string text) => Assert.Equal(text, JsonText.ToText(Read(text)));

    [Theory]
    [InlineData("0.1", 0.1)]
    [InlineData("5000.50", 5000.5)]
    [InlineData("1e3", 1000)]
    [InlineData("-12.25E-1", -1.225)]
    [InlineData("9007199254740992", 9007199254740992)]
    [InlineData("-9007199254740992", -9007199254740992)]
    [InlineData("123456789012345", 123456789012345)]
    [InlineData("0.30000000000000004", 0.30000000000000004)]
    [InlineData("5e-324", 5e-324)]
    [InlineData("2.2250738585072014e-308", 2.2250738585072014e-308)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("100000000000000000000e-20", 1)]
    [InlineData("0.00000000000000000000000000000000000000000000000001", 1e-50)]
    [InlineData("0e999999999999", 0)]
    [InlineData("1.50000000000000000000000", 1.5)]
    public void Number_that_a_double_holds_is_read(string text, double expected) => Assert.Equal(expected, Read(text).AsDouble());

    [Theory]
    [InlineData("0.1000000000000000055")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740994")]
    [InlineData("-10000000000000000")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e-400")]
    [InlineData("1e99999999999")]
    [InlineData("3e-324")]
    [InlineData("1.2345678901234567891")]
    [InlineData("333333333.33333329")]
    public void Number_that_a_double_does_not_hold_is_refused(string text)
    {
        var error = Refused($$"""{"a":[0,{{text}}]}""");
        Assert.Equal("/a/1", error.Pointer);
        Assert.Contains("send it as text", error.Message, StringComparison.Ordinal);
        Assert.Equal(9, error.Column);
    }

    [Theory]
    [InlineData("", "", 1, 1)]
    [InlineData("{\"a\":1,\n \"b\":2,\n \"a\":3}", "", 3, 2)]
    [InlineData("{\"a\":{\"x\":1,\"x\":1}}", "/a", 1, 13)]
    [InlineData("{\"a\":[1,2,]}", "/a/2", 1, 11)]
    [InlineData("{\"a\":1,}", "", 1, 8)]
    [InlineData("[1,\n// no\n2]", "/1", 2, 1)]
    [InlineData("[1] 2", "", 1, 5)]
    [InlineData("[\"é\", nul]", "/1", 1, 10)]
    [InlineData("{\"a/b~c\":[true,\"\\ud800\"]}", "/a~1b~0c/1", 1, 16)]
    [InlineData("{\"\\udc00\":1}", "", 1, 2)]
    [InlineData("[01]", "/0", 1, 3)]
    [InlineData("[+1]", "/0", 1, 2)]
    [InlineData("[.5]", "/0", 1, 2)]
    [InlineData("['a']", "/0", 1, 2)]
    [InlineData("[NaN]", "/0", 1, 2)]
    [InlineData("{a:1}", "", 1, 2)]
    [InlineData("\uFEFF{}", "", 1, 1)]
    [InlineData("[\"a\nb\"]", "/0", 1, 4)]
    public void Malformed_text_is_refused_where_it_is_wrong(string text, string pointer, int line, int column)
    {
        var error = Refused(text);
        Assert.Equal((pointer, line, column), (error.Pointer, error.Line, error.Column));
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Text that is no JSON, and what is wrong with it.</summary>
    public static readonly TheoryData<string, string> Explained = new()
    {
        { " ", "There is no JSON." },
        { "{", "The text ends before the JSON does." },
        { "[1", "The text ends before the JSON does." },
        { "[1, ", "The text ends before the JSON does." },
        { "{\"a\": ", "The text ends before the JSON does." },
        { "\"abc", "The text ends before the JSON does." },
        { "[tru", "The text ends before the JSON does." },
        { "[1.", "The text ends before the JSON does." },
        { "[\"a\nb\"]", "A string has no line breaks and other control characters in it; write \\n for a line break." },
        { "[\"\\q\"]", "This is no escape in a string; write \\\\ for a backslash." },
        { "[\"\\u12G4\"]", "This is no escape in a string; write \\\\ for a backslash." },
        { "[01]", "A number does not begin with further zeros." },
        { "[-01]", "A number does not begin with further zeros." },
        { "[-]", "This is not how JSON writes a number." },
        { "[1.]", "This is not how JSON writes a number." },
        { "[1e+]", "This is not how JSON writes a number." },
        { "[0x1]", "This is not how JSON writes a number." },
        { "[1.2.3]", "This is not how JSON writes a number." },
        { "[1 2]", "A comma should stand between this and what is before it." },
        { "[1:2]", "A comma should stand between this and what is before it." },
        { "[true1]", "A comma should stand between this and what is before it." },
        { "{\"a\":\"x\" \"b\":1}", "A comma should stand between this and what is before it." },
        { "{\"a\":\"\\\\\" 2}", "A comma should stand between this and what is before it." },
        { "{\"a\" 1}", "A colon should follow the name." },
        { "{\"x\":\"y\",\"a\" 1}", "A colon should follow the name." },
        { "{\"a\\\"\" 1}", "A colon should follow the name." },
        { "{a:1}", "A name in double quotes should stand here." },
        { "{\"a\":1,,}", "A name in double quotes should stand here." },
        { "{'a':1}", "Names and strings stand in double quotes." },
        { "[“a”]", "Names and strings stand in double quotes." },
        { "[1,]", "Nothing follows the comma before this." },
        { "{\"a\":1,}", "Nothing follows the comma before this." },
        { "[1}", "This does not close what was opened last." },
        { "{\"a\":1]", "This does not close what was opened last." },
        { "[1] 2", "The JSON should end here." },
        { "{},", "The JSON should end here." },
        { "[1 // one\n]", "JSON has no comments." },
        { "[NaN]", "A value should stand here: text in double quotes, a number, true, false, null, an object or a list." },
        { "[nul]", "A value should stand here: text in double quotes, a number, true, false, null, an object or a list." },
        { "[,1]", "A value should stand here: text in double quotes, a number, true, false, null, an object or a list." },
        { "{\"a\":}", "A value should stand here: text in double quotes, a number, true, false, null, an object or a list." },
        { "\uFEFF{}", "The text begins with a byte-order mark." },
        { "{\"a\":1,\"a\":2}", "The member 'a' comes twice." },
        { "[\"\\ud800\"]", "The string has half of a surrogate pair." },
        { "[9007199254740994]", "The integer is beyond 2^53; send it as text." },
        { $"[0.{new string('1', 1000)}]", "The number has more digits than a double can hold; send it as text." },
        { "[1e400]", "The number is outside the range of a double; send it as text." },
        { "[333333333.33333329]", "A double can't hold the number exactly as written; send it as text." },
    };

    [Theory]
    [MemberData(nameof(Explained))]
    public void Refused_text_is_explained(string text, string message) => Assert.Equal(message, Refused(text).Message);

    [Fact]
    public void Invalid_UTF8_is_refused()
    {
        Assert.False(JsonText.TryParse([(byte)'"', (byte)'a', 0xC3, 0x28, (byte)'"'], out _, out var error));
        Assert.Equal((1, 3), (error.Line, error.Column));
        Assert.False(JsonText.TryParse([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'], out _, out _));
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Equal(ValueKind.List, Read(new string('[', 64) + new string(']', 64)).Kind);
        var error = Refused(new string('[', 65) + new string(']', 65));
        Assert.Equal(65, error.Column);
        Assert.Contains("64", error.Message, StringComparison.Ordinal);
        Refused(new string('[', 100_000));
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        var limits = new JsonLimits { MaxBytes = 40, MaxMembers = 3, MaxStringLength = 5 };
        Assert.NotNull(Refused(new string(' ', 40) + "1", limits));
        Assert.Equal("/a", Refused("""{"a":"123456"}""", limits).Pointer);
        Assert.NotNull(Refused("""{"123456":1}""", limits));
        Assert.NotNull(Refused("[1,2,3,4]", limits));
        Assert.NotNull(Refused("""{"a":1,"b":2,"c":3,"d":4}""", limits));
        Assert.Equal(3, Read("[1,2,3]").Items.Length);
    }

    [Fact]
    public void A_repeated_member_is_found_among_many()
    {
        var members = string.Join(',', Enumerable.Range(0, 2000).Select(i => $"\"m{i}\":{i}"));
        Assert.Equal(2000, Read($"{{{members}}}").Members.Count);
        Assert.Contains("'m7'", Refused($"{{{members},\"m7\":0}}").Message, StringComparison.Ordinal);
        Assert.Contains("'m1'", Refused("""{"m1":0,"\u006d1":0}""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_text_leaves_nothing_behind_for_the_next()
    {
        Refused("{\"a\":[1,{\"b\":[2,3,");
        Assert.Equal("""{"c":[4]}""", JsonText.ToText(Read("""{"c":[4]}""")));
    }

    private static Value Read(string text)
    {
        Assert.True(JsonText.TryParse(Encoding.UTF8.GetBytes(text), out var value, out var error), error?.Message);
        return value;
    }

    private static JsonError Refused(string text, JsonLimits? limits = null)
    {
        Assert.False(JsonText.TryParse(Encoding.UTF8.GetBytes(text), limits ?? JsonLimits.Default, out _, out var error));
        return error;
    }
}
