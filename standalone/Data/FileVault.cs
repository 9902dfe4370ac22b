using System.Security.Cryptography;
using Approvals.Hosting.Secrets;
using Approvals.Ports;

namespace Approvals.Standalone.Data;

/// <summary>Secrets as encrypted files, one each.</summary>
internal sealed class FileVault(string directory, ISecretKeys keys) : IVault
{
    private readonly SecretBox box = new(keys);

    public Task<bool> StoreAsync(string tenant, string name, string secret, CancellationToken cancellation)
    {
        var file = box.Seal(tenant, name, secret);
        new DirectoryInfo(directory).Create();
        return Task.FromResult(PrivateFile.TryCreate(PathOf(tenant, name), file));
    }

    public Task RemoveAsync(string tenant, string name, CancellationToken cancellation)
    {
        if (new FileInfo(PathOf(tenant, name)) is { Exists: true } file)
        {
            file.Delete();
        }

        return Task.CompletedTask;
    }

    /// <summary>For the command line. Null: there is no such secret.</summary>
    /// <exception cref="CryptographicException">The file was changed, or its key is gone.</exception>
    public string? Read(string tenant, string name)
    {
        var path = PathOf(tenant, name);
        return File.Exists(path) ? box.Open(tenant, name, File.ReadAllBytes(path)) : null;
    }

    private string PathOf(string tenant, string name) => Path.Combine(directory, SecretBox.FileName(tenant, name));
}
