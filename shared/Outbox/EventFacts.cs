using System.Collections.Immutable;
using System.Text.Json;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>What consumers read of an event's body: a few of its members, each looked up where it stands.</summary>
internal readonly struct EventFacts(OutboxEvent happened)
{
    public OutboxEvent Event { get; } = happened;

    public int Level => (int)Number("level");

    public string? Text(string name) => TryFind(name, out var value) && value.TokenType == JsonTokenType.String ? value.GetString() : null;

    public bool Is(string name) => TryFind(name, out var value) && value.TokenType == JsonTokenType.True;

    public double Number(string name) => TryFind(name, out var value) && value.TokenType == JsonTokenType.Number ? value.GetDouble() : 0;

    public DateTimeOffset? Time(string name) => Rfc3339.TryParse(Text(name), out var at) ? at : null;

    public ImmutableArray<string> People(string name)
    {
        if (!TryFind(name, out var value) || value.TokenType != JsonTokenType.StartArray)
        {
            return [];
        }

        var people = ImmutableArray.CreateBuilder<string>();
        while (value.Read() && value.TokenType == JsonTokenType.String)
        {
            people.Add(value.GetString()!);
        }

        return people.DrainToImmutable();
    }

    /// <summary>Stops at the member's value.</summary>
    private bool TryFind(string name, out Utf8JsonReader value)
    {
        value = new Utf8JsonReader(Event.Body.Span);
        value.Read();
        while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
        {
            var found = value.ValueTextEquals(name);
            value.Read();
            if (found)
            {
                return true;
            }

            value.Skip();
        }

        return false;
    }
}
