using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Approvals.Outbox;

namespace Approvals.Api.Handlers;

/// <summary>Lines of a text/event-stream. JSON has no raw line breaks, so that one <c>data</c> line is enough.</summary>
public static class EventLines
{
    /// <summary>Type of the event that stands for all those that a client is not told of.</summary>
    public const string GapEvent = "stream.gap";

    /// <summary>Tells the client how soon to come back, in milliseconds, and opens the stream at once.</summary>
    public static void Greet(PipeWriter output) => output.Add("retry: 2000\n\n"u8);

    /// <summary>Too much happened since the client was here: it reads what it shows afresh, and goes on from a position.</summary>
    public static void Gap(PipeWriter output, long position) =>
        output.Add(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {position}\nevent: {GapEvent}\ndata: {{}}\n\n")));

    public static void KeepAlive(PipeWriter output) => output.Add(": alive\n\n"u8);

    public static void Write(PipeWriter output, OutboxRecord record)
    {
        output.Add(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {record.Position}\nevent: {record.Event.Type}\ndata: ")));
        CloudEventJson.Write(output, record.Event);
        output.Add("\n\n"u8);
    }

    private static void Add(this PipeWriter output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
