using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    private static Decided Approve(RequestState state, Command.Approve approve, DateTimeOffset now)
    {
        if (MayDecide(state, approve) is { } refused)
        {
            return refused;
        }

        var course = new Course(state, now);
        foreach (var person in Authority.Answers(state, approve))
        {
            if (Authority.CanAnswer(course.State, approve.By.Id, person))
            {
                course.Add(new ChainEvent.Approved(state.CurrentLevel, person, OnBehalfOf(approve, person), Text(approve.Comment), approve.Input, approve.By.Assurance)
                { At = now, By = ActorRef.Of(approve.By) });
            }
        }
        return (Tally.Passed(course.Level) ? course.PassLevel() : course).Decided();
    }

    private static Decided Reject(RequestState state, Command.Reject reject, DateTimeOffset now)
    {
        if (MayDecide(state, reject) is { } refused)
        {
            return refused;
        }
        if (Text(reject.Reason) is not { } reason)
        {
            return ReasonRequired();
        }

        ChainEvent.Rejected Rejection(string person) =>
            new(state.CurrentLevel, person, OnBehalfOf(reject, person), reason, Final: false, reject.By.Assurance) { At = now, By = ActorRef.Of(reject.By) };

        // Which answer ends the request shows only when all of them are counted; it is the last.
        var trial = new Course(state, now);
        var answered = new List<ChainEvent.Rejected>();
        foreach (var person in Authority.Answers(state, reject).Where(person => Authority.CanAnswer(trial.State, reject.By.Id, person)))
        {
            answered.Add(Rejection(person));
            trial.Add(answered[^1]);
        }
        answered[^1] = answered[^1] with { Final = Tally.Failed(trial.Level) };
        return Decided.Of([.. answered]);
    }

    private static Decided RequestChanges(RequestState state, Command.RequestChanges changes, DateTimeOffset now)
    {
        if (MayDecide(state, changes) is { } refused)
        {
            return refused;
        }
        var person = Authority.Answers(state, changes)[0];
        return Decided.Of(new ChainEvent.ChangesRequested(state.CurrentLevel, person, OnBehalfOf(changes, person), Text(changes.Comment))
        { At = now, By = ActorRef.Of(changes.By) });
    }

    /// <summary>Whether the caller may answer at the open level; who passes has at least one <see cref="Authority.Answers"/>.</summary>
    private static Decided? MayDecide(RequestState state, Command.Decision command)
    {
        if (HumanOnly(command) is { } refused)
        {
            return refused;
        }
        if (state.Status == RequestStatus.Withdrawn)
        {
            return Withdrawn();
        }
        if (Authority.IsSelf(state, command.By.Id))
        {
            return Decided.Refuse(RefusalCode.SelfApproval, state.Barred.Contains(command.By.Id, StringComparer.Ordinal) ? Texts.RefusedBarred : Texts.RefusedOwnRequest);
        }
        if (!IsOpen(state))
        {
            return Unfit(state, Texts.RefusedOnlyUnderReview);
        }
        if (!Authority.Answers(state, command).IsEmpty)
        {
            return command.PayloadHash is { } seen && seen != state.PayloadHash ? StaleView(state) : LacksAssurance(state, command);
        }
        return !Authority.CameLate(state, command) ? Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedNotApprover)
            : Authority.HasSpoken(CurrentLevel(state)!, command.By.Id) ? Decided.Refuse(RefusalCode.AlreadyDecided, Answered(state, command))
            : Decided.Refuse(RefusalCode.AlreadyDecided, Texts.RefusedLevelDecided);
    }

    /// <summary>Says whose places need somebody else, where the caller could have answered for them had they not answered already.</summary>
    private static string Answered(RequestState state, Command command)
    {
        var others = Requests.Involvement.WaitingFor(state).Where(person => command.ActsFor.Contains(person, StringComparer.Ordinal)).ToArray();
        return others.Length == 0 ? Texts.RefusedAnswered : Phrase.With(Texts.RefusedAnsweredFor, string.Join(", ", others));
    }

    /// <summary>The refusal of an answer by somebody who was recognised less surely than the level demands.</summary>
    private static Decided? LacksAssurance(RequestState state, Command command) =>
        CurrentLevel(state)?.Definition.Assurance is { } demanded && !command.By.Assurance.Satisfies(demanded)
            ? new Decided([], new Refusal(RefusalCode.AssuranceRequired, Texts.RefusedAssurance) { Members = [new("required", demanded.Word())] })
            : null;

    private static string? OnBehalfOf(Command command, string person) => command.By.Id == person ? null : person;

    private static Decided StaleView(RequestState state) => new([], new Refusal(RefusalCode.StaleView, Texts.RefusedStaleView)
    {
        Members = [new("payloadHash", state.PayloadHash)],
    });

    private static Decided ReasonRequired() => Decided.Refuse(RefusalCode.ReasonRequired, Texts.RefusedNoReason);
}
