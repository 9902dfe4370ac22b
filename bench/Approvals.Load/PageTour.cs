using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Approvals.Load;

/// <summary>
/// Fills one approver's inbox and asks for each page again and again, one at a time, as a browser would. The times are from the first byte sent
/// to the last one read over the loopback, so a little more than the server's own.
/// </summary>
internal sealed partial class PageTour(IPEndPoint address, Story story, Numbers numbers)
{
    private const int FillCallers = 32;
    private const int WarmUp = 40;

    /// <returns>1 where a page misses the bar of 30 ms (median) or of 100,000 bytes, else 0.</returns>
    public async Task<int> RunAsync(int waiting, int rounds)
    {
        await FillAsync(waiting);
        using var connection = new Connection(address);
        connection.Open();
        connection.Send(story.Delegate());
        var missed = false;
        foreach (var (name, person, path) in await StopsAsync(connection))
        {
            missed |= await MeasureAsync(connection, name, story.Page(person, path, "br"), rounds) > 30;
        }

        var first = await FirstViewAsync(connection);
        Console.WriteLine($"first view of the inbox, page and assets with their heads: {first} bytes");
        return missed || first > 100_000 ? 1 : 0;
    }

    private async Task FillAsync(int waiting)
    {
        var left = waiting;
        await Task.WhenAll(Enumerable.Range(0, FillCallers).Select(_ => Task.Run(async () =>
        {
            using var connection = new Connection(address);
            connection.Open();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                if (connection.Send(story.Gate(numbers.Next(), needsApproval: true)) != 202)
                {
                    throw new InvalidOperationException("A request was not taken.");
                }
            }
        })));
    }

    private async Task<(string Name, string Person, string Path)[]> StopsAsync(Connection connection)
    {
        var inbox = await TextAsync(connection, "/inbox");
        var next = WebUtility.HtmlDecode(NextPage().Match(inbox).Groups[1].Value);
        var request = RequestLink().Match(inbox).Groups[1].Value;
        var far = next;
        for (var page = 2; page < 100 && NextPage().Match(await TextAsync(connection, far)) is { Success: true } found; page++)
        {
            far = WebUtility.HtmlDecode(found.Groups[1].Value);
        }

        return
        [
            ("inbox", "boss", "/inbox"),
            ("inbox, second page", "boss", next),
            ("inbox, a hundred pages on", "boss", far),
            ("inbox, search that finds nothing", "boss", "/inbox?q=nothing+like+it"),
            ("inbox, search that finds all", "boss", "/inbox?q=bill"),
            ("inbox, due today", "boss", "/inbox?filter=today"),
            ("inbox, overdue", "boss", "/inbox?filter=overdue"),
            ("inbox, one type, newest first", "boss", "/inbox?type=action&sort=newest"),
            ("inbox of somebody acting for another", "deputy", "/inbox"),
            ("inbox, search, acting for another", "deputy", "/inbox?q=nothing+like+it"),
            ("rows alone, for a refresh", "boss", "/inbox/rows"),
            ("count badge", "boss", "/inbox/badge"),
            ("count badge, acting for another", "deputy", "/inbox/badge"),
            ("request", "boss", request),
            ("requests of everybody", "boss", "/requests?who=everybody"),
            ("delegations", "boss", "/delegations"),
            ("notifications", "boss", "/notifications"),
            ("policies", "boss", "/policies"),
            ("policy editor", "boss", "/policies/edit?pack=purchasing.vendorBill.post"),
            ("audit", "boss", "/audit"),
            ("audit, by actor and action", "boss", "/audit?actor=buyer&action=requested"),
            ("audit, by subject that is not there", "boss", "/audit?subject=bill:none"),
            ("reports", "boss", "/reports"),
        ];
    }

    private static async Task<double> MeasureAsync(Connection connection, string name, byte[] request, int rounds)
    {
        var times = new double[rounds];
        for (var round = -WarmUp; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var status = connection.Send(request);
            if (status != 200)
            {
                throw new InvalidOperationException($"{name} answered {status}.");
            }

            if (round >= 0)
            {
                times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        double At(double share) => times[(int)((rounds - 1) * share)];
        Console.WriteLine($"{name,-40} p50={At(0.5):F2}ms p95={At(0.95):F2}ms p99={At(0.99):F2}ms max={At(1):F1}ms {connection.Received} bytes");
        return At(0.5);
    }

    /// <summary>What a browser that knows nothing yet loads for the inbox.</summary>
    private async Task<int> FirstViewAsync(Connection connection)
    {
        var assets = Asset().Matches(await TextAsync(connection, "/inbox")).Select(match => match.Value).Distinct().ToArray();
        var sum = 0;
        foreach (var path in (string[])["/inbox", .. assets])
        {
            connection.Send(story.Page("boss", path, "br"));
            sum += connection.Received;
        }

        return sum;
    }

    private async Task<string> TextAsync(Connection connection, string path)
    {
        connection.Send(story.Page("boss", path, "identity"));
        return Encoding.UTF8.GetString(connection.Body.Span);
    }

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex NextPage();

    [GeneratedRegex("href=\"(/requests/[0-9a-f]{32})\"")]
    private static partial Regex RequestLink();

    [GeneratedRegex("/assets/[0-9a-f]+/[a-z.]+")]
    private static partial Regex Asset();
}
