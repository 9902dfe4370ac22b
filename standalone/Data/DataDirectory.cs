using Approvals.Hosting;

namespace Approvals.Standalone.Data;

/// <summary>Where everything that the service keeps lies.</summary>
internal sealed class DataDirectory
{
    public const string DatabaseName = "approvals.db";

    /// <summary>EAGAIN as .NET gives it, on Linux and on systems that come from BSD.</summary>
    private const int LinuxHeld = 11, BsdHeld = 35;

    /// <summary>ERROR_SHARING_VIOLATION as a result (learn.microsoft.com/windows/win32/debug/system-error-codes).</summary>
    private const int WindowsHeld = unchecked((int)0x80070020);

    private readonly DirectoryInfo root;

    /// <summary>Makes the directory where there is none.</summary>
    /// <exception cref="SettingsException">It can't be made.</exception>
    public DataDirectory(string path)
    {
        root = new DirectoryInfo(path);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                root.Create();
            }
            else
            {
                System.IO.Directory.CreateDirectory(
                    root.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(root.FullName, fault);
        }
    }

    public string Path => root.FullName;

    public string Database => In(DatabaseName);

    public string Keys => In("keys");

    public string Vault => In("vault");

    public string Tokens => In("tokens");

    public string Checkpoints => In("checkpoints.jsonl");

    /// <summary>The file system, or SQLite, would not have it.</summary>
    public static SettingsException Unusable(string path, Exception fault) => new(
        $"The data directory {path} can't be used: {fault.Message.TrimEnd('.')}. Set Approvals__DataDirectory to a directory that the service may write.", fault);

    private string In(string name) => System.IO.Path.Combine(root.FullName, name);

    /// <summary>Takes the directory for this process until disposed, or until the process ends, however it ends.</summary>
    /// <exception cref="SettingsException">Another process has it.</exception>
    public IDisposable Lock() => TryLock() ?? throw new SettingsException(
        $"The data directory {Path} is in use by another process. Stop that one, or set Approvals__DataDirectory to another directory.");

    /// <summary>Null: another process has it.</summary>
    /// <exception cref="SettingsException">It can't be written.</exception>
    public IDisposable? TryLock()
    {
        try
        {
            return new FileStream(In("service.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, fault);
        }
    }

    private static bool IsHeld(IOException fault) => fault.HResult == (OperatingSystem.IsWindows() ? WindowsHeld : OperatingSystem.IsLinux() ? LinuxHeld : BsdHeld);
}
