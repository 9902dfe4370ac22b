using System.Collections.Immutable;
using Approvals.Api.Problems;
using Approvals.Values;
using Approvals.Values.Reading;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Reading;

/// <summary>Reads query parameters as strictly as <see cref="Fields"/> reads members. An empty parameter counts as left out.</summary>
public sealed class Query(IQueryCollection query)
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;
    private const int MaxCursor = 1000;
    private const int MaxUnknown = 10;
    private readonly List<FieldError> _errors = [];

    /// <summary>A misspelt filter must not give everything: what a route does not declare is refused. Null where all are known.</summary>
    /// <param name="declared">The route's parameters.</param>
    public static Problem? Unknown(IQueryCollection query, ImmutableArray<string> declared)
    {
        var errors = query.Keys.Where(name => !declared.Contains(name, StringComparer.OrdinalIgnoreCase)).Take(MaxUnknown)
            .Select(name => new FieldError(Words.Cut(name), Unknown(name, declared))).ToArray();
        return errors.Length == 0 ? null : Problems.Problem.Invalid(errors);
    }

    private static string Unknown(string name, ImmutableArray<string> declared) => Nearest.Word(name, declared) is { } meant
        ? $"There is no such parameter. Did you mean '{meant}'?"
        : declared.IsEmpty ? "There is no such parameter; this address takes none."
        : $"There is no such parameter. There are: {string.Join(", ", declared)}.";

    public Problem? Problem => _errors.Count == 0 ? null : Problems.Problem.Invalid(_errors);

    public void Fail(string name, string message) => _errors.Add(new FieldError(name, message));

    public string? Text(string name, int most = TextRule.MaxId)
    {
        var values = query[name];
        if (values.Count == 0 || string.IsNullOrEmpty(values[0]))
        {
            return null;
        }
        var error = values.Count > 1 ? "Must be given once." : TextRule.Line(values[0]!, most);
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

    /// <summary>A time at which something begins; a date is the beginning of that day.</summary>
    public DateTimeOffset? From(string name, TimeZoneInfo zone) => Instant(name, zone, LocalDay.Start);

    /// <summary>A time before which something ends; a date is the end of that day.</summary>
    public DateTimeOffset? To(string name, TimeZoneInfo zone) => Instant(name, zone, LocalDay.End);

    private DateTimeOffset? Instant(string name, TimeZoneInfo zone, Func<DateOnly, TimeZoneInfo, DateTimeOffset> ofDay)
    {
        // A plus sign in a query means a blank; nobody writes a blank within a time.
        if (Text(name)?.Replace(' ', '+') is not { } text)
        {
            return null;
        }
        if (Rfc3339.TryParse(text, out var instant))
        {
            return instant;
        }
        if (LocalDay.TryParse(text, out var day))
        {
            return ofDay(day, zone);
        }
        Fail(name, "Must be an RFC 3339 time, such as 2026-03-01T09:30:00Z, or a date.");
        return null;
    }

    public PageRequest Page() => new(Integer("limit", 1, MaxLimit) ?? DefaultLimit, Text("cursor", MaxCursor));
}
