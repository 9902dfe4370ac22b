using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Chains.Sla;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Policies;

namespace Approvals.Chains;

public static partial class Chain
{
    private static Decided EnterLevel(RequestState state, Command.EnterLevel enter, DateTimeOffset now)
    {
        if (SystemOnly(enter) is { } refused)
        {
            return refused;
        }
        if (enter.Resolution is not { } found || LevelToEnter(state) != found.Level)
        {
            return Decided.Of();
        }

        var course = new Course(state, now);
        var definition = state.Levels[found.Level - 1].Definition;

        // A condition that failed is no condition: people are asked.
        if (found.ConditionFault is null && found.Skip)
        {
            var fallback = AsksNobody(state, found.Level) ? Fallback(found) : null;
            return course.Add(new ChainEvent.LevelSkipped(found.Level, fallback) { At = now, By = ActorRef.System }).CompleteAfterLast().Decided();
        }
        if (found.ConditionFault is null && found.AutoApproveRule is { } rule && MayDecideAutomatically(state, definition))
        {
            return course.Add(new ChainEvent.AutoApproved(found.Level, rule) { At = now, By = ActorRef.System }).PassLevel().Decided();
        }
        return Ask(course, definition, enter);
    }

    /// <summary>Whether the last level is skipped as all before it were. A level that a rule approves counts as asked.</summary>
    private static bool AsksNobody(RequestState state, int level) =>
        level == state.Levels.Length && state.Levels.Take(level - 1).All(before => before.Status == LevelStatus.Skipped);

    private static LevelDefinition Fallback(LevelResolution found) => FallbackLevel.Of([.. found.Fallback.Select(candidate => $"user:{candidate.Person}")])[0];

    private static bool MayDecideAutomatically(RequestState state, LevelDefinition definition) =>
        !definition.HumanOnly && state.AutomaticDecisions < MaxAutomaticDecisions && !OwnActions.Is(state.ActionType);

    private static Decided Ask(Course course, LevelDefinition definition, Command.EnterLevel enter)
    {
        var found = enter.Resolution;
        var staffing = Staffing.Of(course.State, definition, found);
        if (staffing.Groups.IsEmpty)
        {
            return enter.OrExpire
                ? course.Add(new ChainEvent.Expired(found.Level) { At = course.Now, By = ActorRef.System }).Decided()
                : Decided.Refuse(RefusalCode.InvalidLevel, Phrase.With(Texts.RefusedNobodyLeft, found.Level));
        }
        if (!staffing.Added.IsEmpty)
        {
            course.Add(new ChainEvent.Escalated(found.Level, staffing.Added, NobodyToApprove, TimedOut: false)
            {
                At = course.Now,
                By = ActorRef.System,
            });
        }
        return course.Add(Entered(found.Level, definition, staffing.Groups, found.ConditionFault, course.Now)).Decided();
    }

    private static ChainEvent.LevelEntered Entered(
        int level, LevelDefinition definition, ImmutableArray<GroupState> groups, string? fault, DateTimeOffset now)
    {
        var due = RespondBy(definition, now);
        return new(level, groups, due, Reminders(definition, now, due), fault) { At = now, By = ActorRef.System };
    }

    private static DateTimeOffset RespondBy(LevelDefinition definition, DateTimeOffset now) => definition.RespondWithinDays > 0
        ? BusinessTime.AddDays(now, definition.RespondWithinDays, definition.Calendar)
        : BusinessTime.Add(now, definition.RespondWithin, definition.Calendar);

    /// <summary>A reminder that would come when the time is over already is none.</summary>
    private static ImmutableArray<DateTimeOffset> Reminders(LevelDefinition definition, DateTimeOffset now, DateTimeOffset due) =>
    [
        .. definition.RemindAfter.OrEmpty().Select(after => BusinessTime.Add(now, after, definition.Calendar))
            .Concat(definition.RemindAfterDays.OrEmpty().Select(days => BusinessTime.AddDays(now, days, definition.Calendar)))
            .Where(at => now < at && at < due).Order().Distinct(),
    ];
}
