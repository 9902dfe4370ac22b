using System.Collections.Immutable;
using System.Text;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Requests;
using Approvals.Tokens;
using Approvals.Types;
using Approvals.Values;
using Approvals.Web.Cards;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Requests;

/// <summary>Starting a request by hand.</summary>
internal static class NewRequestPages
{
    public static void Map(PageRoutes pages)
    {
        pages.Get("/requests/new", visit => visit.ShowAsync<NewRequestPage>(View(visit)));
        pages.Post("/requests/new", Scopes.Gate, StartAsync);
    }

    private static NewRequestView View(Visit visit) => new()
    {
        Types = [.. visit.Web.Types.All.Select(type => type.Type)],
        Type = visit.Web.Types.Of(visit.Query("type")),
    };

    private static async Task<IResult> StartAsync(Visit visit)
    {
        var view = View(visit);
        var wrong = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var payload = Payload(visit, view.Type, wrong);
        foreach (var name in (string[])["title", "subjectType", "subjectId"])
        {
            if (visit.Field(name) is null)
            {
                wrong[name] = Texts.Required;
            }
        }

        var generic = view.Type.Type == ApprovalType.Generic;
        if (generic && visit.Field("actionType") is null)
        {
            wrong["actionType"] = Texts.Required;
        }

        if (wrong.Count > 0)
        {
            return await RefuseAsync(visit, view, wrong.ToImmutable());
        }

        var request = new DirectRequest
        {
            RequestId = visit.NewId(),
            RequestType = view.Type.Type,
            ActionType = generic ? visit.Field("actionType") : null,
            Title = visit.Field("title"),
            Description = visit.Field("description"),
            Subject = new Subject(visit.Field("subjectType")!, visit.Field("subjectId")!),
            Payload = payload,
            Submit = visit.Form["submit"] != "false",
        };
        var result = await visit.Services.Starter.StartAsync(visit.Caller, visit.Origin, request, visit.Cancellation);
        return result.Request is { } started
            ? visit.Go($"/requests/{started.State.Id}", request.Submit ? Texts.DoneSubmitted : Texts.DoneDrafted)
            : await RefuseAsync(visit, view, Wrong(result.Refusal));
    }

    /// <summary>What a refusal says of each field of the form; of the whole form under the empty name.</summary>
    private static ImmutableDictionary<string, string> Wrong(Refusal? refusal)
    {
        var wrong = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var fault in refusal?.Fields ?? [])
        {
            wrong[Known(fault.Pointer)] = fault.Message;
        }

        if (wrong.Count == 0)
        {
            wrong[""] = refusal?.Detail ?? Texts.FaultText;
        }

        return wrong.ToImmutable();
    }

    private static string Known(string pointer) => pointer switch
    {
        "/subject/type" => "subjectType",
        "/subject/id" => "subjectId",
        "/title" or "/description" or "/payload" or "/actionType" => pointer[1..],
        _ => "",
    };

    private static Value Payload(Visit visit, ApprovalType type, ImmutableDictionary<string, string>.Builder wrong)
    {
        if (!type.MetadataSchema.Properties.IsEmpty)
        {
            var value = SchemaForm.Read(type.MetadataSchema, visit.Form, InputFieldEditor.Prefix, out var unread);
            foreach (var (path, why) in unread)
            {
                wrong[InputFieldEditor.Prefix + path] = why;
            }

            foreach (var fault in type.MetadataSchema.Check(value))
            {
                wrong.TryAdd(InputFieldEditor.Prefix + fault.Pointer.TrimStart('/').Replace('/', '.'), fault.Message);
            }

            return value;
        }

        if (!JsonText.TryParse(Encoding.UTF8.GetBytes(visit.Form["payload"].ToString()), JsonLimits.Message, out var payload, out var error))
        {
            wrong["payload"] = Say.With(Texts.JsonWrong, error.Line, error.Column, error.Message);
        }
        else if (payload.Kind != ValueKind.Map)
        {
            wrong["payload"] = Texts.PayloadMustBeObject;
        }

        return payload;
    }

    private static Task<IResult> RefuseAsync(Visit visit, NewRequestView view, ImmutableDictionary<string, string> wrong) =>
        visit.ShowAsync<NewRequestPage>(
            view with { Wrong = wrong, Typed = visit.Form.ToImmutableDictionary(field => field.Key, field => field.Value.ToString()) },
            StatusCodes.Status400BadRequest);
}
