using System.Diagnostics;

namespace Approvals.Testing;

/// <summary>The standalone service with its demo tenant, as a process of its own on a port of its own.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly string _directory;

    private ServiceProcess(Process process, string directory, Uri address)
    {
        _process = process;
        _directory = directory;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="settings">Further environment variables.</param>
    public static async Task<ServiceProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("approvals-service-").FullName;
        var start = new ProcessStartInfo("dotnet", [Assembly()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment["Approvals__Url"] = "http://127.0.0.1:0";
        start.Environment["Approvals__DataDirectory"] = Path.Combine(directory, "data");
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        void Read(string? line)
        {
            const string Listening = "Listening on ";
            lock (output)
            {
                output.Add(line ?? "");
            }
            if (line?.StartsWith(Listening, StringComparison.Ordinal) is true)
            {
                ready.TrySetResult(new Uri(line[Listening.Length..]));
            }
        }

        process.OutputDataReceived += (_, read) => Read(read.Data);
        process.ErrorDataReceived += (_, read) => Read(read.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The service ended:\n" + string.Join('\n', output)));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServiceProcess(process, directory, await ready.Task.WaitAsync(StartTimeout));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        System.IO.Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>As built along with these tests, in the same configuration.</summary>
    private static string Assembly()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Root, "standalone", "bin", here.Parent!.Name, here.Name, "Approvals.Standalone.dll");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Approvals.sln")))
        {
            folder = folder.Parent;
        }
        return folder!.FullName;
    }
}
