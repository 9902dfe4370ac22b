using Microsoft.AspNetCore.Http;

namespace Approvals.Api;

/// <summary>The description of the API, <c>docs/openapi.json</c>, as it was when this was built.</summary>
internal static class OpenApiDocument
{
    private static readonly byte[] Text = Read();

    public static Task WriteAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Text.Length;
        return http.Response.Body.WriteAsync(Text, http.RequestAborted).AsTask();
    }

    private static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("The description of the API is missing from the build.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
