namespace Approvals.Conditions.Functions;

/// <summary>What operations cost whose work depends on the data, in steps; see <see cref="ConditionInput.MaxSteps"/>.</summary>
internal static class Work
{
    /// <summary>UTF-16 units of a string that are read or copied in one step.</summary>
    public const int UnitsPerStep = 16;

    /// <summary>
    /// Compiling a pattern, whether or not it is in the cache: evaluation must not depend on what ran before. It takes some 0.1 ms, and all steps of an
    /// evaluation are to take less than ten.
    /// </summary>
    public const int PatternSteps = 3000;

    /// <summary>Compiling each UTF-16 unit of a pattern.</summary>
    public const int PatternUnitSteps = 40;

    /// <summary>Compiling a pattern with a category, such as <c>\pL</c>, or that ignores case: some 1.5 ms more.</summary>
    public const int UnicodeSteps = 20_000;

    public const int FurtherUnicodeSteps = 1500;

    /// <summary>
    /// Telling each kind of character in a pattern from each other one, which compiling does: with 300 different characters it takes some 300 ms.
    /// The first few are in <see cref="PatternSteps"/>.
    /// </summary>
    public const int KindPairSteps = 32;

    public const int FreeKinds = 8;

    /// <summary>Each part of a pattern, for each character of the text.</summary>
    public const int PartSteps = 8;

    /// <summary>Finding a time zone by name.</summary>
    public const int TimeZoneSteps = 100;
}
