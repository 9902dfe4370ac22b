using System.Text;
using Approvals.Values;

namespace Approvals.Shared.Tests.Values;

public sealed class CanonicalTests
{
    /// <summary>RFC 8785 appendix B, and the bounds at which ECMAScript changes its notation.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(unchecked((long)0x8000000000000000), "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(unchecked((long)0x8000000000000001), "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(unchecked((long)0xffefffffffffffff), "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(unchecked((long)0xc340000000000000), "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(unchecked((long)0xbecbf647612f3696), "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    [InlineData(0x7ff8000000000000, "\"NaN\"")]
    [InlineData(0x7ff0000000000000, "\"Infinity\"")]
    [InlineData(unchecked((long)0xfff0000000000000), "\"-Infinity\"")]
    public void Double_is_written_as_ECMAScript_does(long bits, string expected) =>
        Assert.Equal(expected, Canonical(Value.From(BitConverter.Int64BitsToDouble(bits))));

    [Theory]
    [InlineData("1e21", "1e+21")]
    [InlineData("123e-9", "1.23e-7")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("1E30", "1e+30")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e7", "0")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("123456.789", "123456.789")]
    [InlineData("1e20", "100000000000000000000")]
    public void Number_text_is_normalised(string text, string expected) => Assert.Equal(expected, Canonical(JsonText.Parse(text)));

    /// <summary>RFC 8785 §3.2.3: order by UTF-16 units, where a surrogate pair comes before U+FB33.</summary>
    [Fact]
    public void Members_are_sorted_by_UTF16_units()
    {
        const string source = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;
        string[] expected =
        [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ];
        var sorted = JsonText.Parse(JsonText.Canonical(JsonText.Parse(source)));
        Assert.Equal(expected, sorted.Members.Values.ToArray().Select(value => value.AsString()));
    }

    /// <summary>RFC 8785 §3.2.2, its first number in the shortest form that a payload may have.</summary>
    [Fact]
    public void The_example_of_the_RFC()
    {
        const string source = """
            {
              "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected =
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";
        Assert.Equal(expected, Canonical(JsonText.Parse(source)));
    }

    [Fact]
    public void Only_what_must_be_escaped_is()
    {
        var text = string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)) + "\"\\/\u007f\u0080\u2028<>&'+é😀";
        Assert.Equal(
            """
            "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\/
            """.Trim() + "\u007f\u0080\u2028<>&'+é😀\"",
            Canonical(Value.From(text)));
    }

    [Fact]
    public void Long_text_keeps_its_surrogate_pairs_across_pieces()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("😀", 3000)) + "é" + new string('x', 5000);
        Assert.Equal(text, JsonText.Parse(JsonText.ToText(Value.From(text))).AsString());
    }

    [Fact]
    public void Hash_is_SHA256_of_the_canonical_form()
    {
        Assert.Equal(
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", PayloadHash.Of(Value.Map()));
        Assert.Equal(
            PayloadHash.Of(JsonText.Parse("""{"b":[1.0,{"d":null,"c":"x"}],"a":1e2}""")),
            PayloadHash.Of(JsonText.Parse("""{ "a" : 100, "b" : [1, {"c":"\u0078", "d":null}] }""")));
    }

    [Fact]
    public void A_list_keeps_its_order_and_many_members_are_sorted()
    {
        var names = Enumerable.Range(0, 100).Select(i => $"k{i}").ToArray();
        var map = Value.Map(names.Select((name, i) => KeyValuePair.Create(name, Value.From((long)i))));
        var sorted = JsonText.Parse(JsonText.Canonical(map)).Members.Keys.ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), sorted);
        Assert.Equal("[3,1,2]", Canonical(JsonText.Parse("[3, 1, 2]")));
    }

    private static string Canonical(Value value) => Encoding.UTF8.GetString(JsonText.Canonical(value));
}
