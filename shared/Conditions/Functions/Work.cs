namespace Approvals.Conditions.Functions;

/// <summary>What operations cost whose work depends on the data, in steps; see <see cref="ConditionInput.MaxSteps"/>.</summary>
internal static class Work
{
    /// <summary>UTF-16 units of a string that are read or copied in one step.</summary>
    public const int UnitsPerStep = 16;

    /// <summary>Compiling a pattern, whether or not it is in the cache: evaluation must not depend on what ran before.</summary>
    public const int PatternSteps = 200;

    /// <summary>Finding a time zone by name.</summary>
    public const int TimeZoneSteps = 100;
}
