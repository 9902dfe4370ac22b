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
