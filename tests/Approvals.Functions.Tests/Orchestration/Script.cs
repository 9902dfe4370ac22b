using Approvals.Functions.Orchestration.V1;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Moq;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>
/// One run of the orchestrator in a context whose activities, timers and events complete when the test says so. Whatever follows has happened when
/// the saying returns: an orchestrator that leaves its thread is found out.
/// </summary>
internal sealed class Script
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly Mock<TaskOrchestrationContext> _context = new(MockBehavior.Strict);
    private readonly Queue<string> _buffered = [];
    private DateTimeOffset _now = Now;
    private Task? _run;

    private Script()
    {
        _context.SetupGet(context => context.CurrentUtcDateTime).Returns(() => _now.UtcDateTime);
        _context.SetupGet(context => context.InstanceId).Returns("contoso:r1");
        _context.Setup(context => context.CreateReplaySafeLogger(It.IsAny<string>())).Returns(new Lines(Log));
        _context.Setup(context => context.SetCustomStatus(It.IsAny<object?>())).Callback<object?>(status => Status = status);
        _context.Setup(context => context.ContinueAsNew(It.IsAny<object?>(), It.IsAny<bool>()))
            .Callback<object?, bool>((next, preserve) => Continued.Add(((ApprovalOrchestrator.Input)next!, preserve)));
        _context.Setup(context => context.WaitForExternalEvent<CommandSent>(CommandSent.EventName, It.IsAny<CancellationToken>())).Returns(Wait);
        _context.Setup(context => context.CreateTimer(It.IsAny<DateTime>(), It.IsAny<CancellationToken>()))
            .Returns<DateTime, CancellationToken>((at, token) => Record(Timers, Timer.Set(at, token)).Fired.Task);
        _context.Setup(context => context.CallActivityAsync<CommitTransition.Output>(nameof(CommitTransition), It.IsAny<object?>(), It.IsAny<TaskOptions?>()))
            .Returns<TaskName, object?, TaskOptions?>((_, input, options) => Record(Commits, new Commit((CommitTransition.Input)input!, options, new())).Done.Task);
        _context.Setup(context => context.CallActivityAsync(nameof(Dispatch), It.IsAny<object?>(), It.IsAny<TaskOptions?>()))
            .Returns<TaskName, object?, TaskOptions?>((_, input, _) => Record(Dispatches, new DispatchCall((Dispatch.Input)input!, new())).Done.Task);
    }

    public sealed record Commit(CommitTransition.Input Input, TaskOptions? Options, TaskCompletionSource<CommitTransition.Output> Done);

    public sealed record DispatchCall(Dispatch.Input Input, TaskCompletionSource Done);

    public sealed record Timer(DateTime At, TaskCompletionSource Fired, CancellationToken Token)
    {
        public static Timer Set(DateTime at, CancellationToken token)
        {
            var timer = new Timer(at, new(), token);
            token.Register(() => timer.Fired.TrySetCanceled(token));
            return timer;
        }
    }

    public List<Commit> Commits { get; } = [];

    public List<DispatchCall> Dispatches { get; } = [];

    public List<Timer> Timers { get; } = [];

    /// <summary>Every wait for a command that was ever asked for.</summary>
    public List<TaskCompletionSource<CommandSent>> Waits { get; } = [];

    public List<(ApprovalOrchestrator.Input Input, bool Preserve)> Continued { get; } = [];

    public object? Status { get; private set; }

    public List<string> Log { get; } = [];

    public bool HasEnded => _run!.IsCompletedSuccessfully;

    /// <summary>The first command of each commit.</summary>
    public IEnumerable<string?> Committed => Commits.Select(commit => commit.Input.CommandId);

    /// <summary>The commands behind the first one of the last commit.</summary>
    public IEnumerable<string> Behind => Commits[^1].Input.Behind ?? [];

    /// <param name="commandId">Null: the instance goes on after many transitions.</param>
    public static Script Start(string? commandId = "c1", DateTimeOffset? wakeAt = null, string[]? failed = null, string[]? behind = null)
    {
        var script = new Script();
        var input = new ApprovalOrchestrator.Input("contoso", "r1", commandId, wakeAt, failed, behind);
        Alone(() => script._run = ApprovalOrchestrator.RunAsync(script._context.Object, input));
        return script;
    }

    /// <summary>Completes the commit that is under way.</summary>
    /// <param name="behind">How many of those behind the first were carried out; null: all.</param>
    public void Done(bool live = true, DateTimeOffset? wakeAt = null, bool dispatched = true, int? behind = null) => Alone(() =>
        Commits[^1].Done.SetResult(new CommitTransition.Output(live, wakeAt, dispatched, behind ?? Commits[^1].Input.Behind?.Count ?? 0)));

    public void CommitFails() => Alone(() => Commits[^1].Done.SetException(Fault(nameof(CommitTransition))));

    public void DispatchDone() => Alone(Dispatches[^1].Done.SetResult);

    public void DispatchFails() => Alone(() => Dispatches[^1].Done.SetException(Fault(nameof(Dispatch))));

    /// <summary>Its time has come.</summary>
    public void Fire()
    {
        _now = Timers[^1].At > _now ? Timers[^1].At : _now;
        Alone(Timers[^1].Fired.SetResult);
    }

    /// <summary>An event arrives: for the wait that is open, else for the next one.</summary>
    public void Send(string commandId) => Alone(() =>
    {
        if (!Waits[^1].TrySetResult(new CommandSent(commandId)))
        {
            _buffered.Enqueue(commandId);
        }
    });

    private Task<CommandSent> Wait()
    {
        var wait = Record(Waits, new());
        if (_buffered.TryDequeue(out var commandId))
        {
            wait.SetResult(new CommandSent(commandId));
        }

        return wait.Task;
    }

    private static T Record<T>(List<T> all, T one)
    {
        all.Add(one);
        return one;
    }

    private static TaskFailedException Fault(string activity) => new(activity, 1, new IOException("Storage is away."));

    /// <summary>Without a context to post to, what waits for a task goes on within its completion.</summary>
    private static void Alone(Action act)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private sealed class Lines(List<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
