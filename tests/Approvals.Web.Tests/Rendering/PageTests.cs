using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Approvals.Chains;
using Approvals.Gate;
using Approvals.Notifications;
using Approvals.Types;
using Approvals.Web.Cards;
using Approvals.Web.Inbox;
using Approvals.Web.Notifications;
using Approvals.Web.Requests;

namespace Approvals.Web.Tests.Rendering;

public sealed partial class PageTests
{
    [Fact]
    public async Task The_inbox_shows_rows_with_due_times_and_no_inline_script_or_style()
    {
        var html = await Markup.Of<InboxPage>(Inbox("Bill <b>1</b>"));

        Assert.Contains("Bill &lt;b&gt;1&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Due in 3 h", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), html);
    }

    [Fact]
    public async Task A_request_shows_its_chain_on_whose_behalf_and_masks_what_the_policy_masks()
    {
        var html = await Markup.Of<RequestPage>(Request());

        Assert.Contains("for Cleo Costa", html, StringComparison.Ordinal);
        Assert.Contains("Escalated: no response in time", html, StringComparison.Ordinal);
        Assert.DoesNotContain("DE89370400440532013000", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://files.contoso.test", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"noopener noreferrer nofollow\"", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), html);
    }

    [Fact]
    public async Task Every_form_that_posts_carries_the_anti_forgery_field()
    {
        var html = await Markup.Of<RequestPage>(Request()) + await Markup.Of<InboxPage>(Inbox("x"));

        var forms = PostForm().Matches(html);
        Assert.NotEmpty(forms);
        Assert.All(forms, form => Assert.Contains("name=\"__forgery\"", form.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_in_the_inbox_are_called_as_on_the_request()
    {
        var inbox = Inbox("Enable Skill: Drafting");
        var row = inbox.Rows[0] with { Words = DecisionWords.Of(ApprovalTypes.BuiltIn.Of("skill_enable")) };

        var html = await Markup.Of<InboxPage>(inbox with { Rows = [row] });

        Assert.Contains(">Dismiss</a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">Reject</a>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dismiss selected", "skill_enable", "hire_agent")]
    [InlineData("Reject selected", "action", "action")]
    [InlineData("Reject selected", "action", "hire_agent")]
    [InlineData("Reject selected", "api_key_request")]
    [InlineData("Dismiss selected", "hire_agent", "api_key_request")]
    public async Task The_bar_for_several_rows_calls_its_answer_by_words_that_are_right_for_every_row_that_can_be_selected(string expected, params string[] types)
    {
        var inbox = Inbox("x");
        var kinds = types.Select(ApprovalTypes.BuiltIn.Of);

        var html = await Markup.Of<InboxPage>(
            inbox with { Rows = [.. kinds.Select(type => inbox.Rows[0] with { Words = DecisionWords.Of(type), NeedsInput = type.NeedsInput })] });

        Assert.Contains($"<span data-reject=\"{expected}\">{expected}</span></button>", html, StringComparison.Ordinal);
        Assert.Contains(">Approve selected</button>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_request_asks_for_nested_fields_under_the_name_of_their_map()
    {
        var html = await Markup.Of<NewRequestPage>(new NewRequestView { Types = ["hire_agent"], Type = ApprovalTypes.BuiltIn.Of("hire_agent") });

        Assert.Contains("<legend class=\"label\">Agent</legend>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_shows_a_due_time_only_while_the_reader_is_asked()
    {
        Notification Asked(string request) =>
            new(request, "contoso", "ana", "approval.requested", request, "Bill", "Please decide.", Samples.Now.AddHours(3), null, Samples.Now);
        var waiting = ImmutableDictionary<string, DateTimeOffset>.Empty.Add("r1", Samples.Now.AddHours(2));

        var open = await Markup.Of<FeedPage>(new FeedView([Asked("r1")], Samples.Now, waiting, null));
        var decided = await Markup.Of<FeedPage>(new FeedView([Asked("r2")], Samples.Now, waiting, null));

        Assert.Contains("Due in 2 h", open, StringComparison.Ordinal);
        Assert.DoesNotContain("Due in", decided, StringComparison.Ordinal);
    }

    private static InboxView Inbox(string title) => new()
    {
        Address = new InboxAddress { Search = "x" },
        Rows = [new InboxRow(Samples.Summary(1, title, TimeSpan.FromHours(3)), "Dara Diaz", DecisionWords.Of(ApprovalTypes.BuiltIn.Of("action")), false)],
        Counts = new InboxCounts(1, 0, 1, 0),
        Types = ["action"],
    };

    private static RequestView Request()
    {
        var stored = Samples.Request();
        return new RequestView
        {
            Request = stored,
            Payload = Masking.Apply(stored.Snapshot.Payload, stored.Snapshot.Sensitive),
            Rights = RequestRights.Of(stored.State, Samples.Ana.ToActor(), [], Samples.Now),
            Words = DecisionWords.Of(ApprovalTypes.BuiltIn.Of("action")),
            ResubmissionSchema = ApprovalTypes.BuiltIn.Of("action").MetadataSchema,
            History = Samples.History(),
        };
    }

    [GeneratedRegex("<style|<script(?![^>]* src=)| style=| on[a-z]+=\"| hx-on|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex PostForm();
}
