using Approvals.Types;
using Approvals.Values;

namespace Approvals.Shared.Tests.Types;

public sealed class FieldSchemaTests
{
    private const string Schema =
        """
        {"type":"object","required":["name","amount"],"additionalProperties":false,"properties":{
          "name":{"type":"string","minLength":2,"maxLength":4},
          "amount":{"type":"number","minimum":0,"maximum":10},
          "count":{"type":"integer"},
          "kind":{"enum":["a",1,null]},
          "tags":{"type":["array","null"],"items":{"type":"string"}}}}
        """;

    [Theory]
    [InlineData("""{"name":"ab","amount":0}""")]
    [InlineData("""{"name":"ab","amount":10,"count":3,"kind":null,"tags":null}""")]
    [InlineData("""{"name":"😀😀😀😀","amount":1.5,"kind":1,"tags":["x"]}""")]
    public void What_fits_passes(string value) => Assert.Empty(Faults(value));

    [Theory]
    [InlineData("[]", ":Must be object.")]
    [InlineData("{}", "/name:Is required.", "/amount:Is required.")]
    [InlineData("""{"name":"a","amount":-1}""", "/name:Must have at least 2 characters.", "/amount:Must be at least 0.")]
    [InlineData("""{"name":"abcde","amount":11}""", "/name:Must have at most 4 characters.", "/amount:Must be at most 10.")]
    [InlineData("""{"name":"ab","amount":"5"}""", "/amount:Must be number.")]
    [InlineData("""{"name":"ab","amount":1,"count":1.5}""", "/count:Must be integer.")]
    [InlineData("""{"name":"ab","amount":1,"kind":"b"}""", "/kind:Must be one of \"a\", 1, null.")]
    [InlineData("""{"name":"ab","amount":1,"tags":["x",1]}""", "/tags/1:Must be string.")]
    [InlineData("""{"name":"ab","amount":1,"a/b":1}""", "/a~1b:Is not known.")]
    public void What_does_not_fit_is_named(string value, params string[] expected) => Assert.Equal(expected, Faults(value));

    [Theory]
    [InlineData("true")]
    [InlineData("""{"pattern":"x"}""")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"properties":{"a":{"minLength":-1}}}""")]
    [InlineData("""{"properties":{"a":{"writeOnly":true}}}""")]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"type":"string","writeOnly":true}}}}}""")]
    [InlineData("""{"properties":{"a":{"type":"array","items":{"type":"string","writeOnly":true}}}}""")]
    public void A_schema_that_is_not_understood_is_refused(string schema) =>
        Assert.Throws<FormatException>(() => FieldSchema.Parse(JsonText.Parse(schema)));

    private static string[] Faults(string value) =>
        [.. FieldSchema.Parse(JsonText.Parse(Schema)).Check(JsonText.Parse(value)).Select(fault => $"{fault.Pointer}:{fault.Message}")];
}
