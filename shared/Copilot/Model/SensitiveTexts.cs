using System.Collections.Immutable;
using Approvals.Gate;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>Finds what a payload keeps at its sensitive paths in texts that people typed beside it.</summary>
internal static class SensitiveTexts
{
    /// <summary>Shorter ones would be found in texts that mean something else.</summary>
    private const int Shortest = 4;

    /// <summary>The longest first.</summary>
    public static ImmutableArray<string> Of(Value payload, ImmutableArray<string> paths)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Compare(payload, Masking.Apply(payload, paths), found);
        return [.. found.OrderByDescending(text => text.Length)];
    }

    public static string Hide(string text, ImmutableArray<string> secrets)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, Masking.Mask, StringComparison.OrdinalIgnoreCase);
        }
        return text;
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
                break;
        }
    }
}
