namespace Approvals.Web.Hosting;

/// <summary>What a form shows of a request, as it comes back with a decision on it.</summary>
/// <param name="PayloadHash">Of the payload that is shown; empty where the form does not say, which no request has.</param>
public readonly record struct Seen(string RequestId, string PayloadHash)
{
    /// <summary>Name of the field that has the payload's hash, in the form of one request.</summary>
    public const string Field = "payloadHash";

    private const char Separator = ' ';

    /// <summary>As one field, for forms of many requests.</summary>
    public override string ToString() => $"{RequestId}{Separator}{PayloadHash}";

    /// <inheritdoc cref="ToString"/>
    public static Seen Read(string text) => text.LastIndexOf(Separator) is var at and >= 0 ? new(text[..at], text[(at + 1)..]) : new(text, "");
}
