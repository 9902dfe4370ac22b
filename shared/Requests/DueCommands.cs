using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>What time itself commands; both hosts send exactly these when <see cref="Schedule.Next"/> is due.</summary>
public static class DueCommands
{
    /// <summary>The whole of what a host sends: by the system and from within the service, as nobody asked for it.</summary>
    /// <param name="resolver">Asked who is behind a timeout; of nothing else.</param>
    public static async ValueTask<CommandEnvelope> OfAsync(RequestState state, DueKind kind, DateTimeOffset now, ILevelResolver resolver) => new()
    {
        Tenant = state.Tenant,
        RequestId = state.Id,
        CommandId = CommandId(state, kind),
        Command = await CommandAsync(state, kind, now, resolver),
    };

    /// <summary>The same for the same due item, however often a host comes by it.</summary>
    public static string CommandId(RequestState state, DueKind kind) => $"due-{kind}-{state.Version}";

    private static async ValueTask<Command> CommandAsync(RequestState state, DueKind kind, DateTimeOffset now, ILevelResolver resolver) => kind switch
    {
        DueKind.Remind => new Command.Remind { By = Actor.System },
        DueKind.TimeOut => new Command.TimeOut(await resolver.ResolveAsync(state, state.CurrentLevel, now)) { By = Actor.System },
        DueKind.Overdue => new Command.ReportOverdue { By = Actor.System },
        _ => new Command.AbandonExecution { By = Actor.System },
    };
}
