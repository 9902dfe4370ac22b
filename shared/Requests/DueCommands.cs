using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>What time itself commands; both hosts send exactly these when <see cref="Schedule.Next"/> is due.</summary>
public static class DueCommands
{
    public static async ValueTask<Command> OfAsync(RequestState state, DueKind kind, DateTimeOffset now, ILevelResolver resolver) => kind switch
    {
        DueKind.Remind => new Command.Remind { By = Actor.System },
        DueKind.TimeOut => new Command.TimeOut(await resolver.ResolveAsync(state, state.CurrentLevel, now)) { By = Actor.System },
        DueKind.Overdue => new Command.ReportOverdue { By = Actor.System },
        _ => new Command.AbandonExecution { By = Actor.System },
    };

    /// <summary>The same for the same due item, however often a host comes by it.</summary>
    public static string CommandId(RequestState state, DueKind kind) => $"due-{kind}-{state.Version}";
}
