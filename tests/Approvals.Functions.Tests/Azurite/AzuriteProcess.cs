using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Approvals.Functions.Tests.Azurite;

/// <summary>Azurite with its blob, queue and table services on ports of its own choice, keeping everything in memory.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    /// <summary>The well-known account of the emulator.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private AzuriteProcess(Process process, IReadOnlyDictionary<string, int> ports)
    {
        _process = process;
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + string.Concat(ports.Select(service => $"{service.Key}Endpoint=http://127.0.0.1:{service.Value}/{Account};"));
    }

    /// <summary>For all three services.</summary>
    public string ConnectionString { get; }

    public static async Task<AzuriteProcess> StartAsync()
    {
        var project = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ProjectDirectory").Value!;
        if (Installed(project) is null)
        {
            await SetUpAsync(project);
        }

        var program = Installed(project)!;
        var process = Start(
            "node",
            [program, "--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"]);
        _ = process.StandardError.ReadToEndAsync();
        var ports = await ReadPortsAsync(process).WaitAsync(Patience);
        // Whatever it says later is read, so that it never blocks on a full pipe.
        _ = process.StandardOutput.ReadToEndAsync();
        return new AzuriteProcess(process, ports);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? Installed(string project) => System.IO.Directory.EnumerateDirectories(Path.Combine(project, "obj"), "azurite-*")
        .Select(directory => Path.Combine(directory, "node_modules", "azurite", "dist", "src", "azurite.js")).SingleOrDefault(File.Exists);

    private static async Task SetUpAsync(string project)
    {
        using var setup = Start("bash", [Path.Combine(project, "setup.sh")]);
        var output = setup.StandardOutput.ReadToEndAsync();
        var errors = await setup.StandardError.ReadToEndAsync();
        await output;
        await setup.WaitForExitAsync();
        Assert.True(setup.ExitCode == 0, errors);
    }

    private static async Task<IReadOnlyDictionary<string, int>> ReadPortsAsync(Process process)
    {
        var ports = new Dictionary<string, int>();
        while (ports.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Azurite ended before it listened.");
            if (Listening().Match(line) is { Success: true } match)
            {
                ports[match.Groups[1].Value] = int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return ports;
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    [GeneratedRegex(@"Azurite (\w+) service is successfully listening at http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
