namespace Approvals.Actors;

/// <summary>What is acted on, by type and id in the caller's own system; written <c>type:id</c>.</summary>
public sealed record Subject(string Type, string Id)
{
    public override string ToString() => $"{Type}:{Id}";
}
