using System.Collections.Immutable;
using System.Globalization;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Requests;
using Approvals.Tokens;
using Approvals.Values;
using Approvals.Web.Cards;
using Approvals.Web.Hosting;
using Approvals.Web.Trail;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Requests;

/// <summary>The page of one request and its forms. A form that is refused comes back with what was typed and why.</summary>
internal static class RequestPages
{
    private const int HistoryPage = 100;

    public static void Map(PageRoutes pages)
    {
        pages.Get("/requests/{id}", visit => WithAsync(visit, async request =>
            await visit.ShowAsync<RequestPage>(await RequestLoading.LoadAsync(visit, request))));
        pages.Get("/requests/{id}/change", visit => WithAsync(visit, request => Task.FromResult(
            request.State.Version.ToString(CultureInfo.InvariantCulture) == visit.Query("version") ? Results.NoContent() : visit.Fragment<ChangedNote>(Url(request)))));
        pages.Get("/requests/{id}/history", visit => WithAsync(visit, request => HistoryAsync(visit, request)));
        pages.Post("/requests/{id}/verification", Scopes.Read, visit => WithAsync(visit, request => VerifyAsync(visit, request)));
        pages.Post("/requests/{id}/decision", Scopes.Decide, visit => WithAsync(visit, request => DecideAsync(visit, request)));
        pages.Post("/requests/{id}/submission", Scopes.Gate, visit => SendAsync(visit, "submission", Texts.DoneSubmitted, by => new Command.Submit { By = by }));
        pages.Post("/requests/{id}/withdrawal", Scopes.Gate, visit =>
            SendAsync(visit, "withdrawal", Texts.DoneWithdrawn, by => new Command.Withdraw(visit.Field("reason")) { By = by }));
        pages.Post("/requests/{id}/comments", Scopes.Gate | Scopes.Decide, visit =>
            SendAsync(visit, "comments", Texts.DoneCommented, by => new Command.AddComment(visit.Field("comment") ?? "") { By = by }));
        pages.Post("/requests/{id}/override", Scopes.Decide, visit =>
            SendAsync(visit, "override", Texts.DoneOverridden, by => new Command.Override(visit.Field("reason")) { By = by }));
        pages.Post("/requests/{id}/assignments", Scopes.Decide, AssignAsync);
        pages.Post("/requests/{id}/resubmission", Scopes.Gate, visit => WithAsync(visit, request => ResubmitAsync(visit, request)));
    }

    private static async Task<IResult> WithAsync(Visit visit, Func<StoredRequest, Task<IResult>> show) =>
        await visit.Services.Commands.FindAsync(visit.Caller, visit.Route("id"), visit.Cancellation) is { } request
            ? await show(request)
            : await visit.NotFoundAsync();

    private static async Task<IResult> DecideAsync(Visit visit, StoredRequest request)
    {
        var by = visit.Caller.Actor;
        var comment = visit.Field("comment");
        var (command, done) = visit.Form["decision"].ToString() switch
        {
            "approve" => ((Command.Decision)new Command.Approve(comment) { By = by }, Texts.DoneApproved),
            "requestChanges" => (new Command.RequestChanges(comment) { By = by }, Texts.DoneAskedForChanges),
            "reject" => (new Command.Reject(comment) { By = by }, Texts.DoneRejected),
            _ => (null, ""),
        };
        if (command is null)
        {
            return await RefuseAsync(visit, request, "decision", new(RefusalCode.ValidationFailed, Texts.ChooseADecision));
        }

        // A form that shows something else is refused whatever else is wrong with it, and its page shows what is asked now.
        command = command with { PayloadHash = visit.Form[Seen.Field].ToString() };
        Value? input = null;
        var wrong = ImmutableDictionary<string, string>.Empty;
        if (command is Command.Approve && command.PayloadHash == request.State.PayloadHash && visit.Web.Types.Of(request.State.RequestType).DecisionInputSchema is { } schema)
        {
            input = SchemaForm.Read(schema, visit.Form, InputFieldEditor.Prefix, out wrong);
        }

        if (!wrong.IsEmpty)
        {
            return await RefuseInputAsync(visit, request, wrong);
        }

        var (result, faults) = await visit.Web.Decisions.SendAsync(
            visit.Caller, visit.Origin, request.State.Id, visit.NewId(), command, input, visit.Cancellation);
        return !faults.IsEmpty
            ? await RefuseInputAsync(visit, request, faults.ToImmutableDictionary(fault => fault.Pointer.TrimStart('/').Replace('/', '.'), fault => fault.Message))
            : result is null ? await visit.NotFoundAsync()
            : await AnswerAsync(visit, request, "decision", done, result);
    }

    private static async Task<IResult> RefuseInputAsync(Visit visit, StoredRequest request, ImmutableDictionary<string, string> wrong)
    {
        var refused = new RefusedForm("decision", new(RefusalCode.ValidationFailed, Texts.SeeTheFields), visit.Field("comment"));
        var view = await RequestLoading.LoadAsync(visit, request, refused);
        return await visit.ShowAsync<RequestPage>(view with { InputFaults = wrong }, StatusCodes.Status400BadRequest);
    }

    private static Task<IResult> AssignAsync(Visit visit)
    {
        if (visit.Field("to") is not { } to)
        {
            return WithAsync(visit, request => RefuseAsync(visit, request, "assignments", new(RefusalCode.ValidationFailed, Texts.ChooseAPerson)));
        }

        var candidate = visit.Caller.Tenant.Directory.Meant(to) is { MayDecide: true } person ? new Candidate(person.Id) : null;
        var reason = visit.Field("reason");
        return visit.Form["kind"] == "add"
            ? SendAsync(visit, "assignments", Texts.DoneAdded, by => new Command.AddApprover(null, candidate, reason) { By = by })
            : SendAsync(visit, "assignments", Texts.DoneReassigned, by => new Command.Reassign(null, null, candidate, reason) { By = by });
    }

    private static async Task<IResult> ResubmitAsync(Visit visit, StoredRequest request)
    {
        var (payload, wrong) = ResubmittedPayload.Read(visit.Web.Types.Of(request.State.RequestType), request.Snapshot.Payload, visit.Form);
        if (!wrong.IsEmpty)
        {
            var why = wrong.GetValueOrDefault("") ?? Texts.SeeTheFields;
            var view = await RequestLoading.LoadAsync(visit, request, Refused(visit, "resubmission", new(RefusalCode.ValidationFailed, why)));
            return await visit.ShowAsync<RequestPage>(view with { InputFaults = wrong }, StatusCodes.Status400BadRequest);
        }

        var snapshot = request.Snapshot.Next(visit.Caller.Actor, payload, visit.Now);
        return await SendAsync(
            visit, request, "resubmission", Texts.DoneResubmitted, new(new Command.Resubmit(snapshot.PayloadHash) { By = visit.Caller.Actor }, snapshot));
    }

    private static Task<IResult> SendAsync(Visit visit, string form, string done, Func<Actor, Command> command) =>
        WithAsync(visit, request => SendAsync(visit, request, form, done, new(command(visit.Caller.Actor))));

    private static async Task<IResult> SendAsync(Visit visit, StoredRequest request, string form, string done, CommandDraft draft)
    {
        var result = await visit.Services.Commands.SendAsync(visit.Caller, visit.Origin, request, visit.NewId(), draft, visit.Cancellation);
        return await AnswerAsync(visit, request, form, done, result);
    }

    private static async Task<IResult> AnswerAsync(Visit visit, StoredRequest request, string form, string done, CommandResult result) => result.Receipt switch
    {
        { Refusal: { } refusal } => await RefuseAsync(visit, result.Request ?? request, form, refusal),
        null => visit.Go(Url(request), Texts.AcceptedNotSettled),
        _ => visit.Go(Url(request), done),
    };

    private static async Task<IResult> RefuseAsync(Visit visit, StoredRequest request, string form, Refusal refusal)
    {
        var view = await RequestLoading.LoadAsync(visit, request, Refused(visit, form, refusal));
        return await visit.ShowAsync<RequestPage>(view, refusal.Fields.IsEmpty ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
    }

    private static RefusedForm Refused(Visit visit, string form, Refusal refusal) => form == "resubmission"
        ? new(form, refusal, visit.Form.TryGetValue("payload", out var json) ? json.ToString() : null, visit.Form.ToImmutableDictionary(field => field.Key, field => field.Value.ToString()))
        : new(form, refusal, visit.Field("comment") ?? visit.Field("reason"));

    private static async Task<IResult> HistoryAsync(Visit visit, StoredRequest request)
    {
        var page = await visit.Services.Requests.HistoryAsync(
            visit.Tenant, request.State.Id, new PageRequest(HistoryPage, visit.Cursor), visit.Cancellation);
        return await visit.ShowAsync<HistoryPage>(new HistoryView(request, [.. page.Items.Select(TrailItem.Of)], page.NextCursor));
    }

    private static async Task<IResult> VerifyAsync(Visit visit, StoredRequest request)
    {
        var found = await visit.Services.Audit.VerifyAsync(visit.Tenant, request.State.Id, visit.Cancellation);
        return visit.IsFragment ? await visit.ShowAsync<VerificationResult>(found) : await visit.ShowAsync<VerificationPage>(found);
    }

    private static string Url(StoredRequest request) => $"/requests/{request.State.Id}";
}
