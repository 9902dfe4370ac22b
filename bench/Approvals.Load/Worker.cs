using System.Diagnostics;
using System.Text;

namespace Approvals.Load;

/// <summary>One caller: repeats its story on one connection and keeps the time of each round, in stopwatch ticks.</summary>
internal sealed class Worker(Connection connection, Story story, string mode, Numbers numbers)
{
    public List<long> Times { get; } = [];

    public void Run(CancellationToken stop)
    {
        connection.Open();
        while (!stop.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            Round();
            Times.Add(Stopwatch.GetTimestamp() - start);
        }
    }

    private void Round()
    {
        switch (mode)
        {
            case "gate":
                Expect(story.Gate(numbers.Next(), needsApproval: false), 200);
                break;
            case "start":
                Expect(story.Gate(numbers.Next(), needsApproval: true), 202);
                break;
            case "inbox":
                Expect(story.Inbox(), 200);
                break;
            case "cycle":
                Expect(story.Gate(numbers.Next(), needsApproval: true), 202);
                var requestId = Member("\"requestId\":\"");
                Expect(story.Approve(requestId), 200);
                Expect(story.Observe(requestId), 200);
                break;
            default:
                throw new ArgumentException($"No such mode: {mode}");
        }
    }

    private void Expect(byte[] request, int status)
    {
        var got = connection.Send(request);
        if (got != status)
        {
            throw new InvalidOperationException($"Expected {status}, got {got}: {Encoding.UTF8.GetString(connection.Body.Span)}");
        }
    }

    private string Member(string start)
    {
        var body = Encoding.UTF8.GetString(connection.Body.Span);
        var from = body.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return body[from..body.IndexOf('"', from)];
    }
}
