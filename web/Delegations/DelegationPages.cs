using System.Collections.Immutable;
using System.Globalization;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Tokens;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Delegations;

/// <summary>Lending authority for a time, and taking it back.</summary>
internal static class DelegationPages
{
    private const int PageSize = 200;

    public static void Map(PageRoutes pages)
    {
        pages.Get("/delegations", visit => ShowAsync(visit, Empty(visit), StatusCodes.Status200OK));
        pages.Post("/delegations", Scopes.Decide, CreateAsync);
        pages.Post("/delegations/{id}/end", Scopes.Decide, EndAsync);
    }

    private static async Task<IResult> ShowAsync(Visit visit, DelegationForm form, int status)
    {
        var whose = visit.Caller.SeesAll ? null : visit.Caller.Id;
        var page = await visit.Services.Delegations.ListAsync(visit.Tenant, whose, new PageRequest(PageSize, visit.Cursor), visit.Cancellation);
        var today = TimeZoneInfo.ConvertTime(visit.Now, visit.Zone);
        var month = LocalTime.Month(visit.Query("month")) ?? new DateOnly(today.Year, today.Month, 1);
        return await visit.ShowAsync<DelegationsPage>(
            new DelegationsView { Items = page.Items, NextCursor = page.NextCursor, Month = month, Form = form }, status);
    }

    private static async Task<IResult> CreateAsync(Visit visit)
    {
        var form = new DelegationForm
        {
            Delegator = visit.Field("delegator"),
            Delegate = visit.Field("delegate"),
            From = visit.Field("from"),
            Until = visit.Field("until"),
            ActionTypes = visit.Field("actionTypes"),
            Reason = visit.Field("reason"),
        };
        var wrong = ImmutableDictionary.CreateBuilder<string, string>();
        var from = LocalTime.Parse(form.From, visit.Zone);
        var until = LocalTime.Parse(form.Until, visit.Zone);
        if (form.Delegate is null)
        {
            wrong.Add("delegate", Texts.ChooseAPerson);
        }

        if (from is null)
        {
            wrong.Add("from", Texts.NotATime);
        }

        if (until is null)
        {
            wrong.Add("until", Texts.NotATime);
        }

        if (wrong.Count > 0)
        {
            return await ShowAsync(visit, form with { Wrong = wrong.ToImmutable() }, StatusCodes.Status400BadRequest);
        }

        var delegation = new Delegation
        {
            Id = visit.NewId(),
            Delegator = form.Delegator ?? visit.Caller.Id,
            Delegate = form.Delegate!,
            ActionTypes = Patterns(form.ActionTypes),
            From = from!.Value,
            Until = until!.Value,
            Reason = form.Reason,
            CreatedAt = visit.Now,
            CreatedBy = visit.Caller.Id,
        };
        var result = await visit.Services.Delegating.CreateAsync(visit.Caller, visit.Origin, delegation, visit.NewId(), visit.Cancellation);
        if (result.Refusal is { } refusal)
        {
            var refused = form with { Wrong = form.Wrong.Add(Known(result.Field), refusal.Detail) };
            return await ShowAsync(visit, refused, refusal.Code == RefusalCode.DelegationCycle ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
        }

        return visit.Go("/delegations", result.Delegation.PendingRequest is null ? Texts.DoneDelegated : Texts.DelegationPending);
    }

    private static async Task<IResult> EndAsync(Visit visit)
    {
        var result = await visit.Services.Delegating.EndAsync(visit.Caller, visit.Origin, visit.Route("id"), visit.Cancellation);
        return result is null ? await visit.NotFoundAsync()
            : result.Refusal is { } refusal ? visit.Go("/delegations", refusal.Detail, Rendering.NoticeKind.Refused)
            : visit.Go("/delegations", Texts.DoneEndedDelegation);
    }

    private static DelegationForm Empty(Visit visit) => new() { From = LocalTime.Format(visit.Now, visit.Zone) };

    private static ImmutableArray<string> Patterns(string? text) =>
        text?.Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } patterns ? [.. patterns] : ["*"];

    /// <summary>The field that has a place in the form for what is wrong with it, else the form itself.</summary>
    private static string Known(string? field) => field is "delegator" or "delegate" or "from" or "until" or "actionTypes" or "reason" ? field : "";
}
