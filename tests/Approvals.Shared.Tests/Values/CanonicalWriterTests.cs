using System.Buffers;
using System.Text;
using Approvals.Values;

namespace Approvals.Shared.Tests.Values;

public sealed class CanonicalWriterTests
{
    [Fact]
    public void Fields_come_out_as_the_same_value_would()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new CanonicalWriter(output);
        writer.BeginObject();
        writer.BeginObject("actor");
        writer.Member("id", "ana");
        writer.Member("name", "Ana \"A\" Älvés");
        writer.EndObject();
        writer.Member("at", new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
        writer.BeginList("items");
        writer.Item("x");
        writer.BeginObject();
        writer.Member("ok", true);
        writer.EndObject();
        writer.Item(Value.From(1.5));
        writer.EndList();
        writer.BeginList("none");
        writer.EndList();
        writer.Member("payload", JsonText.Parse("""{"b":2,"a":1}"""));
        writer.Member("reason", (string?)null);
        writer.Member("sequence", 17L);
        writer.EndObject();
        writer.Flush();

        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.Equal(text, Encoding.UTF8.GetString(JsonText.Canonical(JsonText.Parse(text))));
        Assert.Equal(
            """{"actor":{"id":"ana","name":"Ana \"A\" Älvés"},"at":"2026-03-02T09:30:00Z","items":["x",{"ok":true},1.5],"none":[],"payload":{"a":1,"b":2},"reason":null,"sequence":17}""",
            text);
    }
}
