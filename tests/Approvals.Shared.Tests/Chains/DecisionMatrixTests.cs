using System.Text.Json;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Tests.Chains;

/// <summary>
/// The answer to every command in every status, four hours after the submission, when all clocks have run out. "-" is no event and
/// no refusal. A new command or status has no row or column here and fails.
/// </summary>
public sealed class DecisionMatrixTests
{
    private static readonly RequestStatus[] Statuses = Enum.GetValues<RequestStatus>();

    private const string Expected = """
        command          | draft         | pending         | in_review              | changes_requested | escalated              | approved         | rejected        | withdrawn         | expired
        Create           | -             | -               | -                      | -                 | -                      | -                | -               | -                 | -
        Submit           | Submitted     | INVALID_STATE   | INVALID_STATE          | INVALID_STATE     | INVALID_STATE          | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        EnterLevel       | -             | LevelEntered    | -                      | -                 | -                      | -                | -               | -                 | -
        Approve          | INVALID_STATE | INVALID_STATE   | Approved+LevelApproved | INVALID_STATE     | Approved+LevelApproved | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        Reject           | INVALID_STATE | INVALID_STATE   | Rejected               | INVALID_STATE     | Rejected               | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        RequestChanges   | INVALID_STATE | INVALID_STATE   | ChangesRequested       | INVALID_STATE     | ChangesRequested       | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        Resubmit         | INVALID_STATE | INVALID_STATE   | INVALID_STATE          | Resubmitted       | INVALID_STATE          | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        Reassign         | INVALID_STATE | INVALID_STATE   | Reassigned             | INVALID_STATE     | Reassigned             | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        AddApprover      | INVALID_STATE | INVALID_STATE   | ApproverAdded          | INVALID_STATE     | ApproverAdded          | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        GiveUp           | -             | -               | GivenUp                | -                 | GivenUp                | -                | -               | -                 | -
        AddComment       | Commented     | Commented       | Commented              | Commented         | Commented              | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        Withdraw         | Withdrawn     | Withdrawn       | Withdrawn              | Withdrawn         | Withdrawn              | ALREADY_DECIDED  | ALREADY_DECIDED | ALREADY_WITHDRAWN | ALREADY_DECIDED
        Override         | INVALID_STATE | INVALID_STATE   | INVALID_STATE          | INVALID_STATE     | INVALID_STATE          | ALREADY_DECIDED  | Overridden      | ALREADY_WITHDRAWN | ALREADY_DECIDED
        Remind           | -             | -               | Reminded               | -                 | Reminded               | -                | -               | -                 | -
        TimeOut          | -             | -               | Escalated+LevelEntered | -                 | Expired                | -                | -               | -                 | -
        ReportOverdue    | -             | OverdueReported | OverdueReported        | -                 | OverdueReported        | -                | -               | -                 | -
        ClaimGrant       | INVALID_STATE | INVALID_STATE   | INVALID_STATE          | INVALID_STATE     | INVALID_STATE          | ExecutionClaimed | DENIED          | ALREADY_WITHDRAWN | TIMEOUT
        ReportExecution  | INVALID_STATE | INVALID_STATE   | INVALID_STATE          | INVALID_STATE     | INVALID_STATE          | INVALID_STATE    | INVALID_STATE   | ALREADY_WITHDRAWN | INVALID_STATE
        AbandonExecution | -             | -               | -                      | -                 | -                      | -                | -               | -                 | -
        """;

    [Fact]
    public void Every_command_has_its_answer_in_every_status()
    {
        var rows = Expected.Split('\n').Select(row => row.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        Assert.Equal(rows[0][1..], Statuses.Select(Word));
        Assert.Equal(rows[1..].Select(row => row[0]), Matrix.Commands.Select(command => command.GetType().Name));
        var wrong =
            from command in Matrix.Commands.Index()
            from status in Statuses.Index()
            let expected = rows[command.Index + 1][status.Index + 1]
            let actual = Answer(status.Item, command.Item)
            where expected != actual
            select $"{command.Item.GetType().Name} in {Word(status.Item)}: {actual}, not {expected}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_command_is_in_the_matrix()
    {
        var commands = typeof(Command).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract).Select(type => type.Name).Order();
        Assert.Equal(commands, Matrix.Commands.Select(command => command.GetType().Name).Order());
    }

    [Fact]
    public void What_does_not_exist_is_not_found_except_by_its_creation()
    {
        Assert.All(Matrix.Commands, command => Assert.Equal(
            command is Command.Create ? null : RefusalCode.NotFound, Chain.Decide(null, command, Make.Start).Refusal?.Code));
    }

    private static string Word(RequestStatus status) => JsonSerializer.Serialize(status).Trim('"');

    private static string Answer(RequestStatus status, Command command)
    {
        var decided = Chain.Decide(Matrix.State(status), command, Make.Start.AddHours(4));
        if (decided.Refusal is { } refusal)
        {
            return refusal.Code.Replace("APPROVAL_", "", StringComparison.Ordinal);
        }
        return decided.Events.IsEmpty ? "-" : string.Join('+', decided.Events.Select(happened => happened.GetType().Name));
    }
}
