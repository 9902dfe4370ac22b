using System.Globalization;

namespace Approvals;

/// <summary>Puts values into a text of <see cref="Texts"/>.</summary>
public static class Phrase
{
    /// <summary>Numbers and times are written the same everywhere: messages and entries are compared by their bytes.</summary>
    public static string With(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
