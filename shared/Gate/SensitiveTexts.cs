using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>Finds what a payload keeps at its sensitive paths in texts that people typed beside it, and masks it there.</summary>
internal static class SensitiveTexts
{
    /// <summary>Shorter ones would be found in texts that mean something else.</summary>
    private const int Shortest = 4;

    /// <summary>What people write between the groups of a number or a code: <c>DE02 1203</c>, <c>1,200.50</c>.</summary>
    private static readonly SearchValues<char> Separators = SearchValues.Create(" \u00A0\u202F\t\r\n-.,'’/");

    /// <summary>The longest first.</summary>
    public static ImmutableArray<string> Of(Value payload, ImmutableArray<string> paths)
    {
        if (paths.IsEmpty)
        {
            return [];
        }
        var found = new HashSet<string>(StringComparer.Ordinal);
        Compare(payload, Masking.Apply(payload, paths), found);
        return [.. found.OrderByDescending(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The text with every secret masked, case aside. One with digits is also found where it was typed in groups, and a number only where no
    /// further digit makes it another one.
    /// </summary>
    public static string Hide(string text, ImmutableArray<string> secrets)
    {
        if (secrets.IsEmpty)
        {
            return text;
        }
        var masked = new bool[text.Length];
        var (all, joined) = (Letters.Of(text, static c => false), Letters.Of(text, static c => Separators.Contains(c)));
        foreach (var secret in secrets)
        {
            var letters = secret.Any(char.IsDigit) ? joined : all;
            letters.Mark(Letters.Of(secret, c => letters == joined && Separators.Contains(c)).Text, text, masked);
        }
        return Write(text, masked);
    }

    private static string Write(string text, bool[] masked)
    {
        var shown = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!masked[i])
            {
                shown.Append(text[i]);
            }
            else if (i == 0 || !masked[i - 1])
            {
                shown.Append(Masking.Mask);
            }
        }
        return shown.ToString();
    }

    private static void Compare(Value whole, Value masked, HashSet<string> found)
    {
        if (masked.Kind == whole.Kind && whole.Kind == ValueKind.Map)
        {
            foreach (var (name, member) in whole.Members)
            {
                Compare(member, masked.TryGet(name, out var shown) ? shown : Value.Null, found);
            }
        }
        else if (masked.Kind == whole.Kind && whole.Kind == ValueKind.List)
        {
            for (var i = 0; i < whole.Items.Length; i++)
            {
                Compare(whole.Items[i], masked.Items[i], found);
            }
        }
        else if (!whole.Equals(masked))
        {
            Collect(whole, found);
        }
    }

    private static void Collect(Value secret, HashSet<string> found)
    {
        switch (secret.Kind)
        {
            case ValueKind.Map:
                foreach (var member in secret.Members.Values)
                {
                    Collect(member, found);
                }
                break;
            case ValueKind.List:
                foreach (var item in secret.Items)
                {
                    Collect(item, found);
                }
                break;
            case ValueKind.String when secret.AsString().Trim() is { Length: >= Shortest } text:
                found.Add(text);
                break;
            case ValueKind.Int or ValueKind.Double when secret.ToString() is { Length: >= Shortest } number:
                found.Add(number);
                // As people write amounts: 1200.5 is 1,200.50.
                found.Add(secret.AsDouble().ToString("0.00", CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>A text without some of its characters and those that nobody sees.</summary>
    /// <param name="At">Where each character of <paramref name="Text"/> stands in the whole.</param>
    private sealed record Letters(string Text, int[] At)
    {
        public static Letters Of(string text, Func<char, bool> without)
        {
            var (letters, at, length) = (new char[text.Length], new int[text.Length], 0);
            for (var i = 0; i < text.Length; i++)
            {
                if (!without(text[i]) && CharUnicodeInfo.GetUnicodeCategory(text[i]) != UnicodeCategory.Format)
                {
                    (letters[length], at[length]) = (text[i], i);
                    length++;
                }
            }
            return new Letters(new string(letters, 0, length), at);
        }

        /// <summary>Marks where a secret stands in the whole.</summary>
        public void Mark(string secret, string whole, bool[] masked)
        {
            var isNumber = secret.All(char.IsAsciiDigit);
            for (var found = 0; secret.Length >= Shortest && found + secret.Length <= Text.Length; found++)
            {
                found = Text.IndexOf(secret, found, StringComparison.OrdinalIgnoreCase);
                if (found < 0)
                {
                    return;
                }
                var (first, last) = (At[found], At[found + secret.Length - 1]);
                if (!isNumber || !(IsDigit(whole, first - 1) || IsDigit(whole, last + 1)))
                {
                    masked.AsSpan(first, last - first + 1).Fill(true);
                }
            }
        }

        private static bool IsDigit(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiDigit(text[at]);
    }
}
