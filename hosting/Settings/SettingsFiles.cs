using System.Text.Json;

namespace Approvals.Hosting;

/// <summary>Says in a sentence what is wrong with a file of settings such as <c>appsettings.json</c>.</summary>
public static class SettingsFiles
{
    /// <param name="read">Makes a configuration, or what begins with one.</param>
    /// <exception cref="SettingsException">A file is no JSON or can't be read, with the file and the place.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException fault)
        {
            throw new SettingsException($"{fault.Message.TrimEnd('.')}{Reason(fault)}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The settings can't be read: {fault.Message}", fault);
        }
    }

    private static string Reason(Exception fault) => fault.GetBaseException() switch
    {
        JsonException { LineNumber: { } line, BytePositionInLine: { } column } => $" ({line + 1},{column + 1}): it is no JSON.",
        var inner => $": {inner.Message}",
    };
}
