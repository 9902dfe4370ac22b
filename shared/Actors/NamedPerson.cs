namespace Approvals.Actors;

/// <summary>A person by id and display name: for whom an agent acts.</summary>
public sealed record NamedPerson(string Id, string Name);
