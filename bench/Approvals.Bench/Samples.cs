using System.Text;
using Approvals.Conditions;
using Approvals.Values;

namespace Approvals.Bench;

/// <summary>A vendor bill with five lines, about one kilobyte of JSON, as the gate receives it.</summary>
internal static class Samples
{
    public const string ConditionText =
        "payload.amount > 5000 || (payload.vendor.isNew && payload.lines.exists(l, l.category == \"capex\"))";

    public static byte[] Bill(double amount)
    {
        var lines = Enumerable.Range(1, 5).Select(line => $$"""
            {"position":{{line}},"description":"Replacement parts for press {{line}}","category":"{{(line == 5 ? "capex" : "opex")}}","quantity":{{line * 2}},"amount":{{line * 100.25}}}
            """);
        return Encoding.UTF8.GetBytes($$"""
            {"number":"VB-2026-00417","amount":{{amount}},"currency":"EUR","dueDate":"2026-04-01T00:00:00Z",
             "vendor":{"id":"v-1182","name":"Müller & Söhne GmbH","isNew":true,"country":"DE","iban":"DE02120300000000202051"},
             "costCenter":"CC-40-210","costCenterOwner":"ana","note":"Ordered by phone; the confirmation follows by mail.",
             "lines":[{{string.Join(',', lines)}}]}
            """);
    }

    public static ConditionInput Input(double amount) => new()
    {
        Payload = JsonText.Parse(Bill(amount)),
        Now = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero),
    };

    /// <summary>A text, and so many patterns to look for in it; each call has new ones.</summary>
    public static ConditionInput Patterns(string pattern, int call, int count = 500, string text = "zzz") => new()
    {
        Payload = Value.Map(
            ("s", Value.From(text)),
            ("rules", Value.List([.. Enumerable.Range(0, count).Select(i => Value.From($"{pattern}{(call * count) + i}"))]))),
        Now = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero),
    };

    public static Condition Compile(string text) =>
        Condition.TryCompile(text, out var condition, out var errors) ? condition : throw new ArgumentException(errors[0].Message, nameof(text));
}
