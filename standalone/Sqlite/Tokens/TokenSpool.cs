using System.Text.Json;
using Approvals.Ports;
using Approvals.Standalone.Data;

namespace Approvals.Standalone.Sqlite.Tokens;

/// <summary>
/// Tokens made on the command line while the service had the database: one file each, named by the hash, which the service takes over when
/// the token is first used, or when it starts.
/// </summary>
internal sealed class TokenSpool(string directory)
{
    /// <summary>Null: there is none, or it is not whole.</summary>
    public ApiToken? Find(string hash)
    {
        var path = PathOf(hash);
        if (!hash.All(char.IsAsciiHexDigitLower) || !File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), StoreJson.Default.ApiToken) is { } token && token.Hash == hash ? token : null;
        }
        catch (Exception fault) when (fault is JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    public IReadOnlyList<ApiToken> All() => new DirectoryInfo(directory) is { Exists: true } spool
        ? [.. spool.EnumerateFiles("*.json").Select(file => Find(Path.GetFileNameWithoutExtension(file.Name))).OfType<ApiToken>()]
        : [];

    /// <summary>Whole or not at all.</summary>
    public void Put(ApiToken token)
    {
        new DirectoryInfo(directory).Create();
        PrivateFile.Write(PathOf(token.Hash), JsonSerializer.SerializeToUtf8Bytes(token, StoreJson.Default.ApiToken));
    }

    public void Remove(string hash) => File.Delete(PathOf(hash));

    private string PathOf(string hash) => Path.Combine(directory, hash + ".json");
}
