using Approvals.Types;
using Approvals.Values;
using Approvals.Web.Cards;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Approvals.Web.Tests.Cards;

public sealed class SchemaFormTests
{
    private static readonly FieldSchema Schema = FieldSchema.Parse(JsonText.Parse("""
        {"type":"object","required":["name"],"properties":{
          "name":{"type":"string"},"count":{"type":"number"},"urgent":{"type":"boolean"},
          "tags":{"type":"array","items":{"type":"string"}},
          "vendor":{"type":"object","properties":{"city":{"type":"string"}}}}}
        """));

    [Fact]
    public void Merge_untouchedForm_isThePayloadToTheLetter()
    {
        const string Payload = """{"name":" Ana \nof two lines","count":1.5,"tags":["a,b","c"],"vendor":{"city":"Ulm","id":7},"note":null}""";

        Assert.Equal(Payload, JsonText.ToText(Merge(Payload, [])));
    }

    [Fact]
    public void Merge_typedFields_replaceAndEmptyOnesAreLeftOut()
    {
        var merged = Merge(
            """{"name":"Ana","count":2,"vendor":{"city":"Ulm","id":7},"lines":[1]}""",
            new() { ["name"] = "Bo", ["count"] = "", ["vendor.city"] = "", ["urgent"] = "true" });

        Assert.Equal("""{"name":"Bo","vendor":{"id":7},"lines":[1],"urgent":true}""", JsonText.ToText(merged));
    }

    [Theory]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("+007", "7")]
    [InlineData("5.", "5")]
    [InlineData("9007199254740993", null)]
    [InlineData("0.1234567890123456789", null)]
    [InlineData("1e999", null)]
    [InlineData("1,5", null)]
    [InlineData("true", null)]
    public void Read_number_isExactOrRefused(string typed, string? read)
    {
        var value = SchemaForm.Read(Schema, new FormCollection(new() { ["count"] = typed }), "", out var wrong);

        Assert.Equal(read, SchemaForm.TextOf(value, "count"));
        Assert.Equal(read is null, wrong.ContainsKey("count"));
    }

    /// <summary>What a browser sends of the form as it shows the payload, but for what was typed.</summary>
    private static Value Merge(string payload, Dictionary<string, string> typed)
    {
        var before = JsonText.Parse(payload);
        var sent = SchemaForm.Fields(Schema).ToDictionary(
            field => field.Path,
            field => new StringValues(typed.GetValueOrDefault(field.Path) ?? SchemaForm.TextOf(before, field.Path)?.ReplaceLineEndings("\r\n") ?? ""));
        return SchemaForm.Merge(Schema, before, SchemaForm.Read(Schema, new FormCollection(sent), "", out _));
    }
}
