using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Approvals.Values;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Policies.Builder;

/// <summary>Puts the builder's fields into the policy's JSON. What the fields say wrongly goes in as it is, for the policy's reader to refuse.</summary>
internal static class PolicyForm
{
    public static Value Apply(Value source, IFormCollection form)
    {
        var policy = source
            .WithText("key", form["key"]).WithText("name", form["name"]).WithText("description", form["description"])
            .WithTexts("actionTypes", form["actionTypes"]).WithText("when", form["when"]).WithNumber("priority", form["priority"])
            .WithText("titleTemplate", form["titleTemplate"]).WithTexts("sensitive", form["sensitive"]).WithTexts("watchers", form["watchers"])
            .WithText("completeWithin", form["completeWithin"]).WithText("grantValidFor", form["grantValidFor"])
            .WithFlag("distinctApprovers", form["distinctApprovers"] == "true");
        policy = policy.With("levels", Value.List([.. PolicySource.List(source, "levels").Select((level, i) => Level(level, form, $"levels.{Number(i)}."))]));
        var cases = PolicySource.List(source, "cases").Select((each, i) => Case(each, form, $"cases.{Number(i)}.")).ToImmutableArray();
        return policy.With("cases", cases.IsEmpty ? null : Value.List(cases));
    }

    private static Value Level(Value level, IFormCollection form, string at)
    {
        var changed = level
            .WithText("name", form[at + "name"]).WithText("when", form[at + "when"])
            .WithText("respondWithin", form[at + "respondWithin"]).WithTexts("remindAfter", form[at + "remindAfter"])
            .WithText("onTimeout", form[at + "onTimeout"]).WithTexts("escalateTo", form[at + "escalateTo"])
            .WithNumber("maxEscalations", form[at + "maxEscalations"]).WithText("rejection", form[at + "rejection"])
            .WithFlag("humanOnly", form[at + "humanOnly"] == "true")
            .With("autoApprove", Rules(form[at + "autoApprove"]));
        if (form.ContainsKey(at + "groups"))
        {
            return changed.With("groups", Json(form[at + "groups"]));
        }

        var quorum = form[at + "strategy"] == "quorum" ? form[at + "quorum"].ToString() : null;
        return changed.WithTexts("approvers", form[at + "approvers"]).WithText("strategy", form[at + "strategy"]).WithNumber("quorum", quorum);
    }

    /// <summary>One rule a line.</summary>
    private static Value? Rules(string? text) =>
        text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } rules
            ? Value.List([.. rules.Select(rule => Value.Map(("when", Value.From(rule))))])
            : null;

    private static Value Case(Value each, IFormCollection form, string at)
    {
        var input = each.TryGet("input", out var old) && old.Kind == ValueKind.Map ? old : Value.Map();
        input = input.WithText("actionType", form[at + "actionType"]).With("payload", Json(form[at + "payload"]));
        input = form[at + "actor"].ToString() is { Length: > 0 } actor ? input.With("actor", Value.From(actor)) : KeepMadeUp(input);
        return each.WithText("name", form[at + "name"]).With("input", input).With("gated", Value.From(form[at + "gated"] == "true"))
            .WithTexts("levels", form[at + "levels"]);
    }

    /// <summary>Somebody made up in JSON has no place in the field, and stays.</summary>
    private static Value KeepMadeUp(Value input) =>
        input.TryGet("actor", out var actor) && actor.Kind == ValueKind.Map ? input : input.With("actor", null);

    /// <summary>What is no JSON stays text, which is then refused where it stands.</summary>
    private static Value Json(string? text) =>
        JsonText.TryParse(Encoding.UTF8.GetBytes(text ?? ""), out var value, out _) ? value : Value.From(text ?? "");

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
}
