using System.Diagnostics;
using System.Text;

namespace Approvals.Load;

/// <summary>One caller: repeats its story on one connection and keeps the time of each round, in stopwatch ticks.</summary>
internal sealed class Worker(Connection connection, Story story, string mode, Numbers numbers)
{
    public List<long> Times { get; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        await connection.OpenAsync();
        while (!stop.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            await RoundAsync();
            Times.Add(Stopwatch.GetTimestamp() - start);
        }
    }

    private async Task RoundAsync()
    {
        switch (mode)
        {
            case "gate":
                await ExpectAsync(story.Gate(numbers.Next(), needsApproval: false), 200);
                break;
            case "start":
                await ExpectAsync(story.Gate(numbers.Next(), needsApproval: true), 202);
                break;
            case "inbox":
                await ExpectAsync(story.Inbox(), 200);
                break;
            case "cycle":
                await ExpectAsync(story.Gate(numbers.Next(), needsApproval: true), 202);
                var requestId = Member("\"requestId\":\"");
                await ExpectAsync(story.Approve(requestId), 200);
                await ExpectAsync(story.Observe(requestId), 200);
                break;
            default:
                throw new ArgumentException($"No such mode: {mode}");
        }
    }

    private async Task ExpectAsync(byte[] request, int status)
    {
        var got = await connection.SendAsync(request);
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
