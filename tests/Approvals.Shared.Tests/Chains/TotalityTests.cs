using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Chains.State;
using Approvals.Requests;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>Whatever comes in, the decider answers.</summary>
public sealed class TotalityTests
{
    private static readonly DateTimeOffset[] Times = [DateTimeOffset.MinValue, Start, Start.AddYears(9), DateTimeOffset.MaxValue, new(Start.DateTime, TimeSpan.FromHours(14))];

    private static IEnumerable<Command> Commands()
    {
        Actor[] callers = [Human(""), Human("ana", Roles.Admin, Roles.Override), Agent("rita"), Actor.System, Human("rita") with { Roles = default }];
        LevelResolution?[] resolutions =
        [
            null,
            new LevelResolution { Level = int.MinValue },
            new LevelResolution { Level = 1, Groups = default, EscalationTargets = default, Fallback = default },
            new LevelResolution { Level = 1, Groups = [default, [null!, new(null!), new("", "")]], EscalationTargets = [null!], Fallback = [new("ana", "")] },
            new LevelResolution { Level = int.MaxValue, Skip = true, AutoApproveRule = "" },
        ];
        Candidate[] targets = [null!, new(null!), new(""), new("bo", "bo"), new("rita"), new("x", "rita")];
        Command[] plain =
        [
            .. Matrix.Commands,
            new Command.Reject(null) { By = Actor.System },
            new Command.Resubmit(null!) { By = Actor.System },
            new Command.AddComment(null!) { By = Actor.System },
            new Command.ClaimGrant(null!, null!) { By = Actor.System },
            new Command.ReportExecution(null!, false) { By = Actor.System },
            .. resolutions.Select(found => new Command.EnterLevel(found!, OrExpire: true) { By = Actor.System }),
            .. resolutions.Select(found => new Command.EnterLevel(found!) { By = Actor.System }),
            .. resolutions.Select(found => new Command.TimeOut(found!) { By = Actor.System }),
            .. targets.Select(to => new Command.Reassign(null, "", to, null) { By = Actor.System }),
            .. targets.Select(to => new Command.Reassign(int.MaxValue, null, to, "") { By = Actor.System }),
            .. targets.Select(to => new Command.AddApprover(0, to, null) { By = Actor.System }),
            .. targets.Select(to => new Command.AddApprover(null, to, null) { By = Actor.System }),
        ];
        return plain.SelectMany(command => callers.Select(by => command with { By = by, ActsFor = default })
            .Append(command with { ActsFor = ["", null!, "ana", "rita"] }).Append(command with { By = null! }));
    }

    private static IEnumerable<RequestState> States()
    {
        var sound = Enum.GetValues<RequestStatus>().Select(Matrix.State).ToArray();
        return
        [
            .. sound,
            // What no history leads to, but broken storage might.
            .. sound.Select(state => state with { CurrentLevel = 99 }),
            .. sound.Select(state => state with { CurrentLevel = -1, Grant = null }),
            .. sound.Select(state => state with { Levels = default, Watchers = default }),
            .. sound.Select(state => state with { Levels = [.. state.Levels.Select(level => level with { Groups = default, DueAt = null })] }),
            .. sound.Select(state => state with { CompleteWithin = TimeSpan.MinValue, GrantValidFor = TimeSpan.MaxValue, Status = (RequestStatus)77 }),
        ];
    }

    [Fact]
    public void Decide_answers_everything()
    {
        foreach (var command in Commands().Append(null!))
        {
            foreach (var now in Times)
            {
                Answers(null, command, now);
                foreach (var state in States())
                {
                    Answers(state, command, now);
                }
            }
        }
    }

    [Fact]
    public void What_is_derived_from_a_state_has_an_answer_for_any()
    {
        foreach (var state in States())
        {
            _ = Schedule.Next(state);
            _ = Chain.LevelToEnter(state);
            Assert.NotEmpty(Involvement.Of(state));
            _ = Involvement.WaitingFor(state);
        }
    }

    [Fact]
    public void A_history_that_does_not_begin_with_a_request_is_a_fault() =>
        Assert.Throws<InvalidOperationException>(() => Chain.Evolve(null, new ChainEvent.Submitted { At = Start, By = ActorRef.System }));

    /// <summary>The events of an accepted command apply without a fault, too.</summary>
    private static void Answers(RequestState? state, Command command, DateTimeOffset now)
    {
        try
        {
            var decided = Chain.Decide(state, command, now);
            _ = decided.Events.Aggregate(state, (current, happened) => Chain.Evolve(current, happened));
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{command} in {state?.Status} at {now:o}", fault);
        }
    }
}
