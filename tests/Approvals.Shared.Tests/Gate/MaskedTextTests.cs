using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Requests;
using Approvals.Tests.Chains;
using Approvals.Values;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Gate;

/// <summary>What somebody types of a masked value is masked before it is stored, so that nothing that shows the text has to.</summary>
public sealed class MaskedTextTests
{
    private const string Payload =
        """{"iban":"DE02120300000000202051","name":"Nordwind","salary":7200.5,"bonus":1200,"pin":"739-1","codes":["Sesame open"],"open":"free"}""";

    [Theory]
    [InlineData("Pay DE02120300000000202051 now", "Pay ••• now")]
    [InlineData("pay de02 1203 0000 0000 2020 51.", "pay •••.")]
    [InlineData("DE02-1203-0000-0000-2020-51", "•••")]
    [InlineData("D\u200BE0212030000\u202E0000202051", "•••")]
    [InlineData("For Nordwind, by NORDWIND", "For •••, by •••")]
    [InlineData("Salary 7200.5", "Salary •••")]
    [InlineData("Salary 7,200.50 EUR", "Salary ••• EUR")]
    [InlineData("Bonus 1,200 or 1200.00 or 1'200", "Bonus ••• or ••• or •••")]
    [InlineData("Order 12005 and 51200", "Order 12005 and 51200")]
    [InlineData("pin 7391, pin 739-1", "pin •••, pin •••")]
    [InlineData("sesame OPEN", "•••")]
    [InlineData("free of charge", "free of charge")]
    [InlineData("Nord wind", "Nord wind")]
    [InlineData("", "")]
    public async Task A_text_beside_the_payload_is_masked_whatever_its_kind(string typed, string kept)
    {
        var story = new { Title = "T " + typed, Description = typed };
        var created = await Create_(story.Title, story.Description);
        Assert.Equal((("T " + kept).TrimEnd(), kept), (created.Snapshot!.Title.TrimEnd(), created.Snapshot.Description));

        var stored = new StoredRequest(created.After!, created.Snapshot!, ChainHead.Empty);
        var command = new Command.AddComment(typed.Length == 0 ? "x" : typed) { By = created.Snapshot.Requester };
        var commented = await Transitions.RunAsync(
            stored, new CommandEnvelope { Tenant = "contoso", RequestId = "r1", CommandId = "c2", Command = command }, Start, new Desk(), false);
        Assert.Equal(typed.Length == 0 ? "x" : kept, Assert.IsType<ChainEvent.Commented>(Assert.Single(commented.Events)).Text);
        Assert.DoesNotContain("DE02120300000000202051", System.Text.Encoding.UTF8.GetString(commented.Outbox.Single().Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_command_has_its_text_masked()
    {
        const string Typed = "It is DE02120300000000202051";
        var by = Human("ana");
        Command[] commands =
        [
            new Command.Approve(Typed) { By = by }, new Command.Reject(Typed) { By = by }, new Command.RequestChanges(Typed) { By = by },
            new Command.AddComment(Typed) { By = by }, new Command.Reassign(null, null, new Candidate("bo"), Typed) { By = by },
            new Command.AddApprover(null, new Candidate("bo"), Typed) { By = by }, new Command.Withdraw(Typed) { By = Human("rita") },
        ];
        foreach (var command in commands)
        {
            var created = await Create_("Title", null);
            var stored = new StoredRequest(created.After!, created.Snapshot!, ChainHead.Empty);
            var made = await Transitions.RunAsync(
                stored, new CommandEnvelope { Tenant = "contoso", RequestId = "r1", CommandId = "c2", Command = command }, Start, new Desk(), false);
            Assert.Null(made.Receipt.Refusal);
            var kept = string.Join('\n', made.Outbox.Select(each => System.Text.Encoding.UTF8.GetString(each.Body.Span))) + string.Join('\n', made.Audit.Select(entry => entry.Reason))
                + string.Join('\n', made.Events);
            Assert.Contains("It is •••", kept, StringComparison.Ordinal);
            Assert.DoesNotContain("DE02", kept, StringComparison.Ordinal);
        }
    }

    private static Task<Transition> Create_(string title, string? description)
    {
        var create = Create(Level("ana"));
        return Transitions.RunAsync(
            null,
            new CommandEnvelope
            {
                Tenant = "contoso",
                RequestId = "r1",
                CommandId = "c1",
                Command = create,
                Snapshot = new Snapshot
                {
                    Number = 1,
                    Title = title,
                    Description = description,
                    Requester = create.By,
                    Payload = JsonText.Parse(Payload),
                    PayloadHash = Hash,
                    Sensitive = ["payload.iban", "payload.name", "payload.salary", "payload.bonus", "payload.pin", "payload.codes"],
                    TakenAt = Start,
                },
            },
            Start, new Desk(), submit: true).AsTask();
    }
}
