using Approvals.Api.Problems;
using Approvals.Values;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Reading;

/// <summary>Reads query parameters as strictly as <see cref="Fields"/> reads members. An empty parameter counts as left out.</summary>
public sealed class Query(IQueryCollection query)
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;
    private const int MaxCursor = 1000;
    private readonly List<FieldError> _errors = [];

    public Problem? Problem => _errors.Count == 0 ? null : Problems.Problem.Invalid(_errors);

    public void Fail(string name, string message) => _errors.Add(new FieldError(name, message));

    public string? Text(string name, int most = TextRules.Id)
    {
        var values = query[name];
        if (values.Count == 0 || string.IsNullOrEmpty(values[0]))
        {
            return null;
        }
        var error = values.Count > 1 ? "Must be given once." : TextRules.Line(values[0]!, most);
        if (error is null)
        {
            return values[0];
        }
        Fail(name, error);
        return null;
    }

    public int? Integer(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }
        Fail(name, $"Must be a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>A word of an enumeration as JSON has it.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (Json.Words.TryRead<T>(text, out var value))
        {
            return value;
        }
        Fail(name, $"Must be one of: {string.Join(", ", Json.Words.All<T>())}.");
        return null;
    }

    public DateTimeOffset? Instant(string name)
    {
        // A plus sign in a query means a blank; nobody writes a blank within a time.
        if (Text(name)?.Replace(' ', '+') is not { } text)
        {
            return null;
        }
        if (Rfc3339.TryParse(text, out var instant) || Rfc3339.TryParse(text + "T00:00:00Z", out instant))
        {
            return instant;
        }
        Fail(name, "Must be an RFC 3339 time, such as 2026-03-01T09:30:00Z, or a date.");
        return null;
    }

    public PageRequest Page() => new(Integer("limit", 1, MaxLimit) ?? DefaultLimit, Text("cursor", MaxCursor));
}
