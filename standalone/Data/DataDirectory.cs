using Approvals.Hosting;

namespace Approvals.Standalone.Data;

/// <summary>Where everything that the service keeps lies.</summary>
internal sealed class DataDirectory
{
    public const string DatabaseName = "approvals.db";

    private readonly DirectoryInfo root;

    /// <summary>Makes the directory where there is none.</summary>
    public DataDirectory(string path)
    {
        root = new DirectoryInfo(path);
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

    public string Path => root.FullName;

    public string Database => In(DatabaseName);

    public string Keys => In("keys");

    public string Vault => In("vault");

    public string Tokens => In("tokens");

    public string Checkpoints => In("checkpoints.jsonl");

    private string In(string name) => System.IO.Path.Combine(root.FullName, name);

    /// <summary>Takes the directory for this process until disposed, or until the process ends, however it ends.</summary>
    /// <exception cref="SettingsException">Another process has it.</exception>
    public IDisposable Lock() => TryLock() ?? throw new SettingsException(
        $"The data directory {Path} is in use by another process. Stop that one, or set Approvals__DataDirectory to another directory.");

    /// <summary>Null: another process has it.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            return new FileStream(In("service.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
