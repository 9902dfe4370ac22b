using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Rendering;

/// <summary>
/// Stylesheet, scripts and icon, embedded in this assembly. Their addresses carry a fingerprint of their bytes, so that browsers
/// keep them for good and never mix versions.
/// </summary>
public static class PageAssets
{
    private static readonly FrozenDictionary<string, Asset> ByName = Load();

    /// <summary>The address of an asset, for example <c>/assets/1f…/app.css</c>.</summary>
    public static string Url(string name) => ByName[name].Url;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        // The fingerprint only separates versions: an older page asking with an older one gets what there is, without being told to keep it.
        routes.MapMethods("/assets/{fingerprint}/{name}", [HttpMethods.Get, HttpMethods.Head], Serve).ExcludeFromDescription();
        routes.MapMethods("/favicon.ico", [HttpMethods.Get, HttpMethods.Head], (HttpContext http) => Serve(http, "", "icon.svg")).ExcludeFromDescription();
    }

    private static IResult Serve(HttpContext http, string fingerprint, string name)
    {
        if (!ByName.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        var headers = http.Response.Headers;
        headers.CacheControl = fingerprint == asset.Fingerprint ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        var brotli = ContentCoding.Choose(http.Request) == ContentCoding.Brotli;
        if (brotli)
        {
            headers.ContentEncoding = ContentCoding.Brotli;
        }

        var tag = new EntityTagHeaderValue(brotli ? $"\"{asset.Fingerprint}-br\"" : $"\"{asset.Fingerprint}\"");
        return Results.Bytes(brotli ? asset.Compressed.Value : asset.Bytes, asset.ContentType, entityTag: tag);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        const string prefix = "assets/";
        var assembly = typeof(PageAssets).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(resource =>
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new Asset(resource[prefix.Length..], bytes);
        }).ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    private sealed class Asset(string name, byte[] bytes)
    {
        public string Name => name;
        public byte[] Bytes => bytes;
        public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        public string Url => $"/assets/{Fingerprint}/{name}";

        public string ContentType => Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };

        public Lazy<byte[]> Compressed { get; } = new(() => ContentCoding.Compress(bytes, CompressionLevel.SmallestSize));
    }
}
