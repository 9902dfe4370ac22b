using System.Diagnostics;
using Azure.Storage.Blobs;

namespace Approvals.Functions.Tests;

/// <summary>The storage emulator, one for all tests that need it, on ports of its own and in memory alone.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";

    // The emulator's well-known key.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private Process? _process;

    public string ConnectionString { get; private set; } = "";

    public BlobServiceClient Blobs => new(ConnectionString);

    /// <summary>A new container.</summary>
    public async Task<BlobContainerClient> ContainerAsync() => await Blobs.CreateBlobContainerAsync($"test-{Guid.NewGuid():N}");

    public async Task InitializeAsync()
    {
        var script = Path.Combine(Path.GetDirectoryName(typeof(Azurite).Assembly.Location)!, "../../../node_modules/azurite/dist/src/azurite.js");
        if (!File.Exists(script))
        {
            throw new InvalidOperationException("Azurite is not there: run tests/Approvals.Functions.Tests/setup.sh, which needs Node.");
        }
        _process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                script, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var parts = new List<string> { $"AccountName={Account}", $"AccountKey={Key}", "DefaultEndpointsProtocol=http" };
        foreach (var service in (string[])["Blob", "Queue", "Table"])
        {
            parts.Add($"{service}Endpoint={await AddressAsync(service)}/{Account}");
        }
        ConnectionString = string.Join(';', parts);
        // A pipe that nobody reads fills up, and stops it.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    public async Task DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<string> AddressAsync(string service)
    {
        const string Listening = "service is successfully listening at ";
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await _process!.StandardOutput.ReadLineAsync(late.Token) is { } line)
        {
            if (line.StartsWith($"Azurite {service}", StringComparison.Ordinal) && line.IndexOf(Listening, StringComparison.Ordinal) is > 0 and var at)
            {
                return line[(at + Listening.Length)..].Trim();
            }
        }
        throw new InvalidOperationException("Azurite did not start.");
    }
}

[CollectionDefinition(Name)]
public sealed class StorageTests : ICollectionFixture<Azurite>
{
    public const string Name = "Storage";
}
