using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Approvals.Policies;
using Approvals.Policies.Packs;
using Approvals.Policies.Simulation;
using Approvals.Policies.Warnings;
using Approvals.Tokens;
using Approvals.Values;
using Approvals.Web.Hosting;
using Approvals.Web.Payloads;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Policies.Builder;

/// <summary>
/// The policy builder. The policy under work travels in the form itself: each button sends it, and gets it back changed, checked or tried. Only
/// saving stores anything, as the next draft of its key.
/// </summary>
internal static class BuilderPages
{
    private const int CallsForPaths = 50;

    public static void Map(PageRoutes pages)
    {
        pages.Get("/policies/edit", visit => Editing(visit, OpenAsync));
        pages.Post("/policies/edit", Scopes.Admin, visit => Editing(visit, ActAsync));
        pages.Post("/policies/edit/condition", Scopes.Admin, visit => Editing(visit, CheckAsync));
    }

    private static Task<IResult> Editing(Visit visit, Func<Visit, Task<IResult>> act) => visit.Caller.MayEditPolicies ? act(visit) : visit.ForbiddenAsync();

    private static async Task<IResult> OpenAsync(Visit visit)
    {
        if (await SourceAsync(visit) is not { } source)
        {
            return await visit.NotFoundAsync();
        }

        var recorded = await visit.Services.RecordedChecks.LastAsync(visit.Caller.Tenant, CallsForPaths, visit.Cancellation);
        var cases = PolicySource.List(source, "cases").Select(each => each.At("input.payload") ?? Value.Map());
        var view = new BuilderView { Source = source, Paths = PayloadPaths.Of(recorded.Select(call => call.Check.Payload).Concat(cases)) };
        return await visit.ShowAsync<BuilderPage>(PolicyReader.TryRead(source, visit.Caller.Tenant.Settings, out var policy, out _)
            ? view with { Cases = Run(visit, policy), Warnings = PolicyWarnings.Of(visit.Caller.Tenant, policy, recorded) }
            : view);
    }

    /// <summary>Null: there is no such version or pack.</summary>
    private static async Task<Value?> SourceAsync(Visit visit)
    {
        if (visit.Query("pack") is { Length: > 0 } pack)
        {
            return PolicyPacks.Find(pack)?.WithCases();
        }

        if (visit.Query("key") is not { Length: > 0 } key)
        {
            return PolicySource.Empty;
        }

        var versions = await visit.Services.Policies.ListAsync(visit.Tenant, key, visit.Cancellation);
        var found = versions.FirstOrDefault(version => version.Version.ToString(CultureInfo.InvariantCulture) == visit.Query("version"))
            ?? visit.Caller.Tenant.Policies.Active.FirstOrDefault(version => version.Policy.Key == key);
        return found?.Source;
    }

    private static async Task<IResult> ActAsync(Visit visit)
    {
        var act = visit.Form["act"].ToString();
        var view = new BuilderView { Source = PolicySource.Empty, Paths = [.. PolicySource.Split(visit.Form["paths"])], TryOut = ReadTryOut(visit) };
        if (visit.Form.ContainsKey("json"))
        {
            var json = visit.Form["json"].ToString();
            if (!JsonText.TryParse(Encoding.UTF8.GetBytes(json), out var written, out var error))
            {
                return await ShowAsync(visit, view with { Json = json, JsonError = Say.With(Texts.JsonWrong, error.Line, error.Column, error.Message) }, true);
            }

            if (written.Kind != ValueKind.Map)
            {
                return await ShowAsync(visit, view with { Json = json, JsonError = Texts.PolicyMustBeObject }, true);
            }

            view = view with { Source = written, Json = act == "form" ? null : json };
        }
        else if (JsonText.TryParse(Encoding.UTF8.GetBytes(visit.Form["source"].ToString()), out var source, out _) && source.Kind == ValueKind.Map)
        {
            var changed = ListChange.Apply(PolicyForm.Apply(source, visit.Form), act);
            view = view with { Source = changed, Json = act == "json" ? PrettyJson.Of(changed) : null };
        }

        return await ActAsync(visit, view, act);
    }

    private static async Task<IResult> ActAsync(Visit visit, BuilderView view, string act)
    {
        var valid = PolicyReader.TryRead(view.Source, visit.Caller.Tenant.Settings, out var policy, out var errors);
        if (!valid)
        {
            // While levels and cases are still being put together, what is missing is not yet wrong.
            return await ShowAsync(visit, act is "save" or "simulate" or "replay" or "check" ? view with { Errors = errors } : view, act == "save");
        }

        view = view with { Cases = Run(visit, policy!) };
        if (act != "save")
        {
            view = view with { Warnings = await PolicyWarnings.OfAsync(visit.Services.RecordedChecks, visit.Caller.Tenant, policy!, visit.Cancellation) };
        }

        switch (act)
        {
            case "save":
                var version = await PolicyDrafts.AddAsync(
                    visit.Services.Policies, visit.Caller, visit.Origin, policy!, view.Source, visit.Now, visit.Cancellation);
                return visit.Go(PolicyPages.Url(version), Texts.DonePolicyDrafted);
            case "simulate":
                return await ShowAsync(visit, Simulate(visit, view, policy!), false);
            case "replay":
                var recorded = await visit.Services.RecordedChecks.LastAsync(visit.Caller.Tenant, view.TryOut.Last, visit.Cancellation);
                return await ShowAsync(visit, view with { Replay = PolicySimulation.Replay(visit.Caller.Tenant, policy!, 0, recorded) }, false);
            default:
                return await ShowAsync(visit, view, false);
        }
    }

    private static BuilderView Simulate(Visit visit, BuilderView view, Policy policy)
    {
        if (!JsonText.TryParse(Encoding.UTF8.GetBytes(view.TryOut.Payload), out var payload, out var error))
        {
            return view with { TryOut = view.TryOut with { Wrong = Say.With(Texts.JsonWrong, error.Line, error.Column, error.Message) } };
        }

        var input = Value.Map(("payload", payload)).WithText("actionType", view.TryOut.ActionType).WithText("actor", view.TryOut.Actor);
        var check = PolicyCases.Check(visit.Caller.Tenant, policy, input, visit.Caller.Actor);
        return view with { Simulation = PolicySimulation.Run(visit.Caller.Tenant, policy, 0, check, visit.Now) };
    }

    private static TryOut ReadTryOut(Visit visit) => new()
    {
        ActionType = visit.Field("try.actionType"),
        Actor = visit.Field("try.actor"),
        Payload = visit.Form["try.payload"].ToString() is { Length: > 0 } payload ? payload : new TryOut().Payload,
        Last = int.TryParse(visit.Form["try.last"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? Math.Clamp(last, 1, RecordedChecks.Most) : 100,
    };

    private static ImmutableArray<PolicyCaseResult> Run(Visit visit, Policy policy) =>
        PolicyCases.Run(visit.Caller.Tenant, policy, 0, visit.Caller.Actor, visit.Now);

    private static Task<IResult> ShowAsync(Visit visit, BuilderView view, bool refused) =>
        visit.ShowAsync<BuilderPage>(view, refused ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    private static Task<IResult> CheckAsync(Visit visit)
    {
        var editor = visit.Form["editor"].ToString();
        int? caret = int.TryParse(visit.Form["caret"], NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null;
        return visit.ShowAsync<ConditionFeedback>(ConditionCheck.Of(editor, visit.Form[editor].ToString(), caret, PolicySource.Split(visit.Form["paths"])));
    }
}
