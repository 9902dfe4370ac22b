using Approvals.Actors;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>A question to the gate: may this actor do this to that, with exactly this payload?</summary>
public sealed record GateCheck
{
    public required string ActionType { get; init; }
    public required Actor Actor { get; init; }
    public required Subject Subject { get; init; }
    public required Value Payload { get; init; }
}
