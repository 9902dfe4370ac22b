using System.Text;
using Approvals.Values;

namespace Approvals.Hosting;

/// <summary>Reads JSON files that somebody wrote, with errors that name the file and the place.</summary>
public static class StartupFiles
{
    private static readonly JsonLimits Limits = new() { MaxBytes = 64 * 1024 * 1024, MaxMembers = 1_000_000 };

    /// <exception cref="SettingsException">It can't be read, or is no JSON.</exception>
    public static Value Read(string path)
    {
        var bytes = BytesOf(path).AsSpan();
        // Editors on Windows begin files with a byte-order mark; a body of the API may not have one.
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }
        return JsonText.TryParse(bytes, Limits, out var value, out var error)
            ? value
            : throw new SettingsException($"{path}({error.Line},{error.Column}): {error.Message}");
    }

    private static byte[] BytesOf(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path}: the file can't be read: {fault.Message}", fault);
        }
    }
}
