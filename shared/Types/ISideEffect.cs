using Approvals.Outbox;

namespace Approvals.Types;

/// <summary>Something that follows from the final approval of a type, in process. Called at least once; must bear repetition.</summary>
public interface ISideEffect
{
    /// <summary>Names it in the trail.</summary>
    string Name { get; }

    bool Follows(ApprovalType type);

    ValueTask<DeliveryResult> RunAsync(ApprovedRequest approved, CancellationToken cancellation);
}
