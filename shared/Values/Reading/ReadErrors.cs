using System.Collections.Immutable;

namespace Approvals.Values.Reading;

/// <summary>What is wrong with a document and where; <paramref name="Pointer"/> is RFC 6901.</summary>
internal readonly record struct ReadError(string Pointer, string Message, int? Line, int? Column, string? Suggestion);

/// <summary>Collects everything that is wrong with one document, so that its author sees it all at once.</summary>
internal sealed class ReadErrors
{
    /// <summary>A document that is wrong throughout is told so far and no further.</summary>
    private const int Most = 100;

    private readonly List<ReadError> _all = [];

    public bool Any => _all.Count > 0;

    public void Add(string pointer, string message, string? suggestion = null, int? line = null, int? column = null)
    {
        if (_all.Count < Most)
        {
            _all.Add(new ReadError(pointer, message, line, column, suggestion));
        }
    }

    public ImmutableArray<T> As<T>(Func<ReadError, T> make) => [.. _all.Select(make)];
}
