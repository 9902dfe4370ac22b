using System.Globalization;

namespace Approvals.Shared.Tests.Conditions.Reference;

/// <summary>The language's operations on plain objects, written to be obviously right: exceptions for faults, no types, no speed.</summary>
internal static class Naive
{
    public sealed class NaiveFaultException : Exception;

    public static bool Bool(object? value) => value is bool b ? b : throw new NaiveFaultException();

    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (long a, long b) => a == b,
        (long or double, long or double) => Number(left) == Number(right),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (Dictionary<string, object?> a, Dictionary<string, object?> b) =>
            a.Count == b.Count && a.All(member => b.TryGetValue(member.Key, out var other) && Same(member.Value, other)),
        _ => left is not null && left.Equals(right),
    };

    public static bool Compare(string sign, object? left, object? right)
    {
        if (left is long or double && right is long or double && !(left is long && right is long))
        {
            var (a, b) = (Number(left), Number(right));
            return sign switch { "<" => a < b, "<=" => a <= b, ">" => a > b, _ => a >= b };
        }
        var order = (left, right) switch
        {
            (long a, long b) => a.CompareTo(b),
            (bool a, bool b) => a.CompareTo(b),
            (string a, string b) => CodePoints(a).Zip(CodePoints(b)).Select(pair => pair.First - pair.Second).FirstOrDefault(difference => difference != 0, a.Length - b.Length),
            _ => throw new NaiveFaultException(),
        };
        return sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    public static object? Arithmetic(string sign, object? left, object? right)
    {
        switch (sign, left, right)
        {
            case (_, long a, long b):
                return Ints(sign, a, b);
            case ("%", _, _):
                throw new NaiveFaultException();
            case (_, long or double, long or double):
                var (x, y) = (Number(left), Number(right));
                return sign switch { "+" => x + y, "-" => x - y, "*" => x * y, _ => x / y };
            case ("+", string a, string b):
                return a + b;
            case ("+", List<object?> a, List<object?> b):
                return a.Concat(b).ToList();
            default:
                throw new NaiveFaultException();
        }
    }

    public static bool In(object? value, object? range) => range switch
    {
        List<object?> items => items.Any(item => Same(value, item)),
        Dictionary<string, object?> map => value is string name && map.ContainsKey(name),
        _ => throw new NaiveFaultException(),
    };

    public static object? Member(object? target, string name) =>
        target is Dictionary<string, object?> map && map.TryGetValue(name, out var value) ? value : throw new NaiveFaultException();

    public static object? Item(object? target, object? index) =>
        target is List<object?> items && index is long or double && Number(index) is var at && at >= 0 && at < items.Count && Math.Floor(at) == at
            ? items[(int)at]
            : target is Dictionary<string, object?> ? Member(target, index as string ?? throw new NaiveFaultException())
            : throw new NaiveFaultException();

    public static IEnumerable<object?> Items(object? range) => range switch
    {
        List<object?> items => items,
        Dictionary<string, object?> map => map.Keys,
        _ => throw new NaiveFaultException(),
    };

    public static long Size(object? value) => value switch
    {
        string text => new StringInfo(text).String.EnumerateRunes().Count(),
        List<object?> items => items.Count,
        Dictionary<string, object?> map => map.Count,
        _ => throw new NaiveFaultException(),
    };

    private static long Ints(string sign, long a, long b)
    {
        try
        {
            return sign switch
            {
                "+" => checked(a + b),
                "-" => checked(a - b),
                "*" => checked(a * b),
                "/" => checked(a / b),
                _ => b == -1 && a == long.MinValue ? throw new NaiveFaultException() : a % b,
            };
        }
        catch (ArithmeticException)
        {
            throw new NaiveFaultException();
        }
    }

    public static double Number(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        _ => throw new NaiveFaultException(),
    };

    private static IEnumerable<int> CodePoints(string text) => text.EnumerateRunes().Select(rune => rune.Value);
}
