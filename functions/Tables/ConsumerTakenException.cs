using System.Diagnostics.CodeAnalysis;

namespace Approvals.Functions.Tables;

/// <summary>Another process carries this consumer: this one lost the lease without having noticed yet. Nothing was written.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Says one thing.")]
internal sealed class ConsumerTakenException(string consumer) : Exception($"Another process carries {consumer} now.");
