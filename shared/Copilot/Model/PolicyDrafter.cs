using System.Collections.Immutable;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>
/// Makes a policy of somebody's words where there is a language model to do so. What it writes is read and compiled as what people write; where that fails, the
/// model is told why and tries once more. Nothing is saved: that is for a person, as a draft, which gates nothing until its publication is approved.
/// </summary>
public sealed class PolicyDrafter(ILanguageModel? model)
{
    /// <summary>Of somebody's words, in UTF-16 units.</summary>
    public const int MaxWish = 2000;

    /// <summary>Empty where there is none.</summary>
    public string ModelName => model?.Name ?? "";

    private const int Tries = 2;
    private const int MostErrors = 20;
    private const int LongestAnswer = 2500;

    private const string Task = """
        Task: write the approval policy that the member 'wish' describes. It says which actions wait for whose agreement.
        - 'actionTypes' are patterns of dotted names: purchasing.vendorBill.post, purchasing.* for any depth below. Use those in 'known' where one fits.
        - 'when' is a condition in the Common Expression Language over payload, actor (id, type, name, roles), subject (type, id) and now. It is true where the
          action needs approval. Example: payload.amount > 5000 && payload.vendor.isNew. Functions: has, size, contains, startsWith, endsWith, matches, exists,
          all, filter, map, timestamp, duration. Use the fields in 'known' where one fits. 5k is 5000.
        - 'levels' are asked one after another; who must agree besides others has a level of their own.
        - 'approvers' are references: user:ID, role:NAME, group:NAME, manager:requester. Use those in 'known' where one fits.
        - 'strategy': all of the approvers, any one of them, the first to answer, or a quorum of so many.
        If 'before' and 'errors' are there, 'before' is what you wrote and 'errors' says what is wrong with it: write it again without.
        """;

    /// <summary>A wish that is blank or too long is for the caller to refuse.</summary>
    public async ValueTask<DraftedPolicy> DraftAsync(string wish, TenantSnapshot tenant, CancellationToken cancellation)
    {
        if (model is null)
        {
            return DraftedPolicy.Failed(ModelFault.Absent);
        }
        var known = DraftingWords.Of(tenant);
        var prompt = Prompt(("wish", Value.From(wish)), ("known", known));
        DraftedPolicy? usable = null;
        for (var left = Tries; ;)
        {
            var answer = await model.CompleteAsync(prompt, cancellation);
            if (answer.Fault is { } fault)
            {
                return usable ?? DraftedPolicy.Failed(fault);
            }
            var isRead = DraftCheck.TryRead(answer.Content, tenant.Settings, out var policy, out var source, out var errors);
            var unknown = isRead ? DraftCheck.Unknown(policy!, tenant.Directory) : [];
            usable = isRead ? DraftedPolicy.Of(policy!, source, unknown) : usable;
            if (--left == 0 || (isRead && unknown.IsEmpty))
            {
                return usable ?? DraftedPolicy.Wrong(errors);
            }
            var wrong = errors.Select(Say).Concat(unknown.Select(reference => $"The directory has no {reference}."));
            prompt = Prompt(
                ("wish", Value.From(wish)), ("known", known), ("before", source),
                ("errors", Value.List(ImmutableArray.CreateRange(wrong.Take(MostErrors).Select(text => Value.From(text))))));
        }
    }

    private static ModelPrompt Prompt(params ReadOnlySpan<(string, Value)> subject) =>
        new() { Name = "policy", Task = Task, Subject = Value.Map(subject), Schema = DraftSchema.Policy, MaxTokens = LongestAnswer };

    private static string Say(PolicyError error) => $"{error.Pointer}: {error.Text}";
}
