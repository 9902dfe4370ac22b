using System.Diagnostics;
using Approvals.Testing;

namespace Approvals.Client.Tests;

/// <summary>The clients for other languages run their own tests against the running service. They need Node.js 20 with npm, and Python 3.11.</summary>
[Collection(Running.Name)]
public sealed class LanguageTests(Running service)
{
    private static readonly string Clients = Path.Combine(ServiceProcess.Root, "clients");

    [Fact]
    public async Task The_TypeScript_client_builds_from_the_API_description_and_passes_its_tests()
    {
        var folder = Path.Combine(Clients, "typescript");
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        await RunAsync(folder, npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel", "error");
        var output = await RunAsync(folder, npm, "test");
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("# fail 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Python_client_passes_its_tests()
    {
        var output = await RunAsync(
            Path.Combine(Clients, "python"), OperatingSystem.IsWindows() ? "python" : "python3", "-B", "-W", "error", "-m", "unittest", "discover", "-s", "tests");
        Assert.Contains("OK", output, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["APPROVALS_URL"] = service.Address.OriginalString.TrimEnd('/');
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var all = string.Join('\n', output);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{all}");
        return all;
    }
}
