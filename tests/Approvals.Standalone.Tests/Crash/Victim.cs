using System.Diagnostics;

namespace Approvals.Standalone.Tests.Crash;

/// <summary>A process that works on a data directory until it is killed.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Process process;

    public Victim(string directory, int run)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Approvals.Crash.dll");
        process = Process.Start(new ProcessStartInfo("dotnet", [program, directory, $"{run}"]) { RedirectStandardOutput = true })!;
    }

    /// <summary>Reads that many acknowledgements, kills the process at once, and reads what it had said by then.</summary>
    public async Task<List<string>> KillAfterAsync(int lines)
    {
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (said.Count == lines)
            {
                // SIGKILL: nothing of it gets to run any more.
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        return said;
    }

    public void Dispose() => process.Dispose();
}
