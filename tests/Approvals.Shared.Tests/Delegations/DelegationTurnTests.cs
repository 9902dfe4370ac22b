using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Delegations;

public sealed class DelegationTurnTests
{
    private static readonly DateTimeOffset From = World.Now.AddHours(1);
    private static readonly DateTimeOffset Until = World.Now.AddHours(5);

    private static readonly Delegation Later = World.Lends("ana", "bo") with { CreatedAt = World.Now, From = From, Until = Until };

    [Fact]
    public void One_made_for_later_begins_and_then_ends()
    {
        Assert.Equal(From, DelegationTurn.NextAt(Later));
        Assert.Null(DelegationTurn.Due("contoso", Later, From.AddTicks(-1)));

        var begun = DelegationTurn.Due("contoso", Later, From)!;
        Assert.Equal([AuditAction.DelegationStarted], begun.Entries.Select(entry => entry.Action));
        Assert.Single(begun.Events);
        Assert.False(begun.IsOver);
        Assert.Equal(Until, DelegationTurn.NextAt(begun.After));
        Assert.Null(DelegationTurn.Due("contoso", begun.After, Until.AddTicks(-1)));

        var ended = DelegationTurn.Due("contoso", begun.After, Until)!;
        Assert.Equal((AuditAction.DelegationEnded, true), (ended.Entries.Single().Action, ended.IsOver));
        Assert.NotEqual(begun.Events.Single().Id, ended.Events.Single().Id);
    }

    [Fact]
    public void What_came_due_while_nothing_ran_is_told_in_its_order() =>
        Assert.Equal(
            [AuditAction.DelegationStarted, AuditAction.DelegationEnded],
            DelegationTurn.Due("contoso", Later, Until.AddDays(1))!.Entries.Select(entry => entry.Action));

    [Fact]
    public void One_that_counts_at_once_only_ends()
    {
        var now = Later with { From = World.Now };
        Assert.Equal(Until, DelegationTurn.NextAt(now));
        Assert.Equal(AuditAction.DelegationEnded, DelegationTurn.Due("contoso", now, Until)!.Entries.Single().Action);
    }

    [Fact]
    public void One_approved_after_its_beginning_only_ends() =>
        Assert.Equal(Until, DelegationTurn.NextAt(Later with { BeganAt = From.AddHours(1) }));

    [Fact]
    public void One_that_was_never_approved_ends_without_a_word()
    {
        var pending = Later with { PendingRequest = "r1" };
        Assert.Null(DelegationTurn.Due("contoso", pending, From));
        var ended = DelegationTurn.Due("contoso", pending, Until)!;
        Assert.True(ended.IsOver);
        Assert.Empty(ended.Entries);
        Assert.Empty(ended.Events);
    }
}
