using System.Collections.Immutable;

namespace Approvals.Values.Reading;

/// <summary>What is wrong with a document and where; <paramref name="Pointer"/> is RFC 6901.</summary>
/// <param name="Suggestion">A sentence.</param>
internal readonly record struct ReadError(string Pointer, string Message, int? Line, int? Column, string? Suggestion);

/// <summary>Collects everything that is wrong with one document, so that its author sees it all at once.</summary>
internal sealed class ReadErrors
{
    /// <summary>A document that is wrong throughout is told so far and no further.</summary>
    private const int Most = 100;

    private readonly List<ReadError> _all = [];

    public bool Any => _all.Count > 0;

    /// <param name="meant">What was probably meant, as it would stand there.</param>
    public void Add(string pointer, string message, string? meant = null) =>
        Add(new ReadError(pointer, message, null, null, meant is null ? null : Suggestion.Meant(meant)));

    /// <summary>Within a text that stands at the pointer; line and column are 1-based.</summary>
    /// <param name="suggestion">A sentence.</param>
    public void AddWithin(string pointer, int line, int column, string message, string? suggestion = null) =>
        Add(new ReadError(pointer, message, line, column, suggestion));

    private void Add(ReadError error)
    {
        if (_all.Count < Most)
        {
            _all.Add(error);
        }
    }

    public ImmutableArray<T> As<T>(Func<ReadError, T> make) => [.. _all.Select(make)];
}
