namespace Approvals.Testing;

/// <summary>A directory that is gone after the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("approvals-").FullName;

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
