namespace Approvals.Conditions;

/// <summary>A bound above which a condition, or a part of it, becomes true.</summary>
/// <param name="Path">The input that is compared, such as <c>payload.amount</c>.</param>
/// <param name="Inclusive">The bound itself is above.</param>
public sealed record Threshold(string Path, double Bound, bool Inclusive)
{
    /// <summary>Whether an amount is on the side where the condition is true.</summary>
    public bool IsCrossedBy(double amount) => Inclusive ? amount >= Bound : amount > Bound;
}
