using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>What messages read of an event's body.</summary>
internal readonly struct EventFacts(OutboxEvent happened)
{
    private readonly Value _body = JsonText.Parse(happened.Body.Span);

    public OutboxEvent Event { get; } = happened;

    public int Level => _body.At("level") is { Kind: ValueKind.Double or ValueKind.Int } level ? (int)level.AsInt() : 0;

    public string? Text(string name) => _body.TryGet(name, out var value) && value.Kind == ValueKind.String ? value.AsString() : null;

    public bool Is(string name) => _body.TryGet(name, out var value) && value == Value.True;

    public double Number(string name) =>
        _body.TryGet(name, out var value) && value.Kind is ValueKind.Double or ValueKind.Int ? value.AsDouble() : 0;

    public DateTimeOffset? Time(string name) => Rfc3339.TryParse(Text(name), out var at) ? at : null;

    public ImmutableArray<string> People(string name)
    {
        if (!_body.TryGet(name, out var value) || value.Kind != ValueKind.List)
        {
            return [];
        }

        var people = ImmutableArray.CreateBuilder<string>(value.Items.Length);
        foreach (var item in value.Items)
        {
            people.Add(item.AsString());
        }

        return people.MoveToImmutable();
    }
}
