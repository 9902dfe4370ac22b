namespace Approvals.Values;

/// <summary>What is wrong with one field.</summary>
/// <param name="Pointer">RFC 6901, from the validated value: <c>/apiKey</c>; empty for the value itself.</param>
public sealed record FieldFault(string Pointer, string Message);
