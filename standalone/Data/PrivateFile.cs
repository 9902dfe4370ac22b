namespace Approvals.Standalone.Data;

/// <summary>Files that only the service's own account may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file as a whole: after a crash there is the old one or the new one, on disk.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => File.Move(Draft(path, bytes), path, overwrite: true);

    /// <summary>The same for a file that must not be there yet. False: it is, and stays as it is.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> bytes)
    {
        var draft = Draft(path, bytes);
        try
        {
            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return false;
        }
    }

    /// <summary>Makes an empty file where there is none.</summary>
    public static void Touch(string path) => Open(path, FileMode.OpenOrCreate).Dispose();

    private static string Draft(string path, ReadOnlySpan<byte> bytes)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using var file = Open(draft, FileMode.CreateNew);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            return draft;
        }
        catch (IOException fault) when (DiskFullException.Is(fault))
        {
            // Nobody would look for it again.
            File.Delete(draft);
            throw new DiskFullException(fault);
        }
    }

    /// <summary>Opens at a position, and drops what stands behind it.</summary>
    public static FileStream OpenToAppend(string path, long position)
    {
        var file = Open(path, FileMode.OpenOrCreate);
        file.SetLength(position);
        file.Position = position;
        return file;
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
