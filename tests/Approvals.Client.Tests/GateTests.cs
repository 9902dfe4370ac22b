using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Client.Tests;

/// <summary>The executor gate: order of the steps, statuses, annotations, tokens, calls, streams.</summary>
public sealed class GateTests
{
    private static readonly JsonElement Arguments = Json("""{"path":"/tmp/a"}""");
    private readonly List<string> _steps = [];

    private GatedModule Module(bool requires = true) => new()
    {
        Id = "files.delete",
        Description = "Deletes a file.",
        Tags = ["files"],
        Annotations = new ApprovalAnnotations { RequiresApproval = requires },
        Authorize = (_, _) =>
        {
            _steps.Add("authorize");
            return Task.CompletedTask;
        },
        Validate = _ => _steps.Add("validate"),
    };

    private CallbackApprovalHandler Answering(string status, string? id = "r-1") => new(
        (_, _) =>
        {
            _steps.Add("ask");
            return Task.FromResult(new ApprovalResult { Status = status, ApprovalId = id, Reason = "Because." });
        },
        (token, _) =>
        {
            _steps.Add($"check {token}");
            return Task.FromResult(new ApprovalResult { Status = status, ApprovalId = token });
        });

    private Task<string> Run(JsonElement arguments, CancellationToken cancellation)
    {
        _steps.Add($"run {arguments}");
        return Task.FromResult("done");
    }

    [Fact]
    public async Task Steps_run_in_one_order()
    {
        Assert.Equal("done", await new ApprovalGate(Answering("approved")).CallAsync(Module(), Arguments, Run));
        Assert.Equal(["authorize", "ask", "validate", """run {"path":"/tmp/a"}"""], _steps);
    }

    [Fact]
    public async Task Refused_access_asks_nobody()
    {
        var module = Module() with { Authorize = (_, _) => throw new UnauthorizedAccessException() };
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => new ApprovalGate(Answering("approved")).CallAsync(module, Arguments, Run));
        Assert.Empty(_steps);
    }

    [Theory]
    [InlineData("rejected", typeof(ApprovalDeniedException), "APPROVAL_DENIED")]
    [InlineData("timeout", typeof(ApprovalTimeoutException), "APPROVAL_TIMEOUT")]
    [InlineData("pending", typeof(ApprovalPendingException), "APPROVAL_PENDING")]
    [InlineData("Approved", typeof(ApprovalDeniedException), "APPROVAL_DENIED")]
    [InlineData("yes", typeof(ApprovalDeniedException), "APPROVAL_DENIED")]
    [InlineData("", typeof(ApprovalDeniedException), "APPROVAL_DENIED")]
    public async Task Every_other_status_ends_the_call(string status, Type kind, string code)
    {
        var gate = new ApprovalGate(Answering(status));
        var thrown = await Assert.ThrowsAnyAsync<ApprovalException>(() => gate.CallAsync(Module(), Arguments, Run));
        Assert.IsType(kind, thrown);
        Assert.Equal(code, thrown.Code);
        Assert.Equal("r-1", thrown.ApprovalId);
        Assert.Equal(status, thrown.Result!.Status);
        Assert.Equal(["authorize", "ask"], _steps);
    }

    [Fact]
    public async Task Unknown_status_is_warned_of()
    {
        using var lines = new Lines();
        await Assert.ThrowsAsync<ApprovalDeniedException>(() => new ApprovalGate(Answering("maybe"), lines.Logger<ApprovalGate>()).CallAsync(Module(), Arguments, Run));
        Assert.Contains(lines.All, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("'maybe'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_fails_denies()
    {
        var handler = new CallbackApprovalHandler((_, _) => throw new HttpRequestException("The service is away."));
        var thrown = await Assert.ThrowsAsync<ApprovalDeniedException>(() => new ApprovalGate(handler).CallAsync(Module(), Arguments, Run));
        Assert.IsType<HttpRequestException>(thrown.InnerException);
        Assert.Equal(["authorize"], _steps);
    }

    [Fact]
    public async Task A_handler_without_an_answer_denies()
    {
        var handler = new CallbackApprovalHandler((_, _) => Task.FromResult<ApprovalResult>(null!));
        await Assert.ThrowsAsync<ApprovalDeniedException>(() => new ApprovalGate(handler).CallAsync(Module(), Arguments, Run));
    }

    [Fact]
    public async Task Without_a_handler_the_step_is_skipped()
    {
        Assert.Equal("done", await new ApprovalGate().CallAsync(Module(), Arguments, Run));
        Assert.Equal(["authorize", "validate", """run {"path":"/tmp/a"}"""], _steps);
    }

    [Fact]
    public async Task Modules_that_need_no_approval_are_not_asked_about()
    {
        await new ApprovalGate(Answering("rejected")).CallAsync(Module(requires: false), Arguments, Run);
        Assert.DoesNotContain("ask", _steps);
    }

    [Fact]
    public async Task A_token_is_taken_out_and_resumes()
    {
        var arguments = Json("""{"_approval_token":"r-9","path":"/tmp/a"}""");
        await new ApprovalGate(Answering("approved")).CallAsync(Module(), arguments, Run);
        Assert.Equal(["authorize", "check r-9", "validate", """run {"path":"/tmp/a"}"""], _steps);
    }

    [Theory]
    [InlineData("""{"_approval_token":7}""")]
    [InlineData("""{"_approval_token":" "}""")]
    [InlineData("""{"_approval_token":null}""")]
    [InlineData("""[1]""")]
    [InlineData("\"text\"")]
    public async Task Arguments_that_are_no_object_or_have_a_wrong_token_are_refused(string arguments)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => new ApprovalGate(Answering("approved")).CallAsync(Module(), Json(arguments), Run));
        Assert.Empty(_steps);
    }

    [Fact]
    public async Task A_handler_sees_the_module_and_the_arguments_without_the_token()
    {
        ApprovalRequest? seen = null;
        var handler = new CallbackApprovalHandler((request, _) =>
        {
            seen = request;
            return Task.FromResult(new ApprovalResult { Status = ApprovalStatus.Approved });
        });
        await new ApprovalGate(handler).CallAsync(Module(), Arguments, Run);
        Assert.Equal("files.delete", seen!.ModuleId);
        Assert.Equal("Deletes a file.", seen.Description);
        Assert.Equal(["files"], seen.Tags);
        Assert.Equal("""{"path":"/tmp/a"}""", seen.Arguments.ToString());
    }

    [Fact]
    public void A_blocking_call_passes_the_same_gate()
    {
        var gate = new ApprovalGate(Answering("approved"));
        Assert.Equal(3, gate.Call(Module(), Arguments, _ => 3));
        Assert.Throws<ApprovalDeniedException>(() => new ApprovalGate(new AlwaysDenyHandler()).Call(Module(), Arguments, _ => 3));
    }

    [Fact]
    public async Task A_stream_is_approved_before_its_first_item()
    {
        async IAsyncEnumerable<int> Numbers(JsonElement arguments, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            _steps.Add("run");
            await Task.Yield();
            yield return 1;
            yield return 2;
        }

        var items = new List<int>();
        await foreach (var item in new ApprovalGate(Answering("approved")).StreamAsync(Module(), Arguments, Numbers))
        {
            items.Add(item);
        }
        Assert.Equal([1, 2], items);
        Assert.Equal(["authorize", "ask", "validate", "run"], _steps);

        _steps.Clear();
        await Assert.ThrowsAsync<ApprovalPendingException>(async () =>
        {
            await foreach (var _ in new ApprovalGate(Answering("pending")).StreamAsync(Module(), Arguments, Numbers))
            {
            }
        });
        Assert.Equal(["authorize", "ask"], _steps);
    }

    public static TheoryData<Dictionary<string, object?>, bool> Annotations => new()
    {
        { [], false },
        { new() { ["requiresApproval"] = true }, true },
        { new() { ["requires_approval"] = true }, true },
        { new() { ["requiresApproval"] = false }, false },
        { new() { ["requiresApproval"] = null }, false },
        { new() { ["requiresApproval"] = "false" }, false },
        { new() { ["requiresApproval"] = Json("false") }, false },
        { new() { ["requiresApproval"] = Json("true") }, true },
        // What can't be read asks.
        { new() { ["requiresApproval"] = "ture" }, true },
        { new() { ["requiresApproval"] = 1 }, true },
        { new() { ["requiresApproval"] = Json("{}") }, true },
    };

    [Theory]
    [MemberData(nameof(Annotations))]
    public void Annotations_are_read_from_a_dictionary(Dictionary<string, object?> annotations, bool requires) =>
        Assert.Equal(requires, ApprovalAnnotations.From(annotations).RequiresApproval);

    [RequiresApproval("files.delete")]
    private static void Marked()
    {
    }

    [Fact]
    public void Annotations_are_read_from_an_attribute()
    {
        var method = typeof(GateTests).GetMethod(nameof(Marked), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        var attribute = Assert.Single(method.GetCustomAttributes(typeof(RequiresApprovalAttribute), inherit: false).Cast<RequiresApprovalAttribute>());
        Assert.Equal(new ApprovalAnnotations { RequiresApproval = true, ActionType = "files.delete" }, attribute.ToAnnotations());
    }

    [Fact]
    public async Task The_built_in_handlers_answer_as_their_names_say()
    {
        var request = new ApprovalRequest { ModuleId = "m", Arguments = Arguments, Annotations = ApprovalAnnotations.None };
        Assert.Equal("rejected", (await new AlwaysDenyHandler().RequestApprovalAsync(request, default)).Status);
        Assert.Equal("rejected", (await new AlwaysDenyHandler().CheckApprovalAsync("t", default)).Status);
        Assert.Equal("approved", (await new AutoApproveHandler().RequestApprovalAsync(request, default)).Status);
        Assert.Equal("approved", (await new AutoApproveHandler().CheckApprovalAsync("t", default)).Status);
        var callback = new CallbackApprovalHandler((asked, _) => Task.FromResult(new ApprovalResult { Status = "approved", Reason = asked.ModuleId }));
        Assert.Equal("m", (await callback.RequestApprovalAsync(request, default)).Reason);
        Assert.Equal("rejected", (await callback.CheckApprovalAsync("t", default)).Status);
    }

    [Fact]
    public void Results_keep_their_metadata()
    {
        var metadata = new Dictionary<string, string> { ["a"] = "1" };
        var result = new ApprovalResult { Status = "approved", Metadata = metadata };
        metadata["a"] = "2";
        Assert.Equal("1", result.Metadata["a"]);
    }

    [Fact]
    public async Task Each_decision_is_an_event_of_the_activity()
    {
        using var source = new ActivitySource(nameof(Each_decision_is_an_event_of_the_activity));
        using var listener = new ActivityListener
        {
            ShouldListenTo = other => other == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("call")!;
        await Assert.ThrowsAsync<ApprovalDeniedException>(() => new ApprovalGate(Answering("rejected")).CallAsync(Module(), Arguments, Run));
        var decision = Assert.Single(activity.Events);
        Assert.Equal("approval.decision", decision.Name);
        Assert.Equal("rejected", decision.Tags.Single(tag => tag.Key == "approval.status").Value);
        Assert.Equal("files.delete", decision.Tags.Single(tag => tag.Key == "approval.action").Value);
    }

    [Fact]
    public async Task The_application_registers_one_handler()
    {
        var services = new ServiceCollection().AddApprovalGate(_ => new AlwaysDenyHandler());
        Assert.Throws<InvalidOperationException>(() => services.AddApprovalGate(_ => new AutoApproveHandler()));
        await using var provider = services.BuildServiceProvider();
        await Assert.ThrowsAsync<ApprovalDeniedException>(() => provider.GetRequiredService<ApprovalGate>().CallAsync(Module(), Arguments, Run));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_one_shot_approval_is_claimed_before_the_call_and_reported_after(bool succeeds)
    {
        var handler = new OneShot(_steps, ApprovalStatus.Approved);
        var call = new ApprovalGate(handler).CallAsync(Module(), Arguments, (_, _) =>
        {
            _steps.Add("run");
            return succeeds ? Task.FromResult(1) : throw new InvalidOperationException();
        });
        if (succeeds)
        {
            await call;
        }
        else
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => call);
        }
        Assert.Equal(["authorize", "ask", "claim", "validate", "run", $"report {succeeds}"], _steps);
    }

    [Fact]
    public async Task A_refused_claim_ends_the_call()
    {
        await Assert.ThrowsAsync<ApprovalDeniedException>(() => new ApprovalGate(new OneShot(_steps, ApprovalStatus.Rejected)).CallAsync(Module(), Arguments, Run));
        Assert.Equal(["authorize", "ask", "claim"], _steps);
    }

    [Fact]
    public async Task Arguments_that_validation_refuses_are_reported_as_failed()
    {
        var module = Module() with { Validate = _ => throw new FormatException() };
        await Assert.ThrowsAsync<FormatException>(() => new ApprovalGate(new OneShot(_steps, ApprovalStatus.Approved)).CallAsync(module, Arguments, Run));
        Assert.Equal(["authorize", "ask", "claim", "report False"], _steps);
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    private sealed class OneShot(List<string> steps, string claim) : IOneShotApprovalHandler
    {
        public Task<ApprovalResult> RequestApprovalAsync(ApprovalRequest request, CancellationToken cancellation) => Step("ask", ApprovalStatus.Approved);

        public Task<ApprovalResult> CheckApprovalAsync(string approvalId, CancellationToken cancellation) => Step("check", ApprovalStatus.Approved);

        public Task<ApprovalResult> ClaimAsync(ApprovalRequest request, ApprovalResult approved, CancellationToken cancellation) => Step("claim", claim);

        public Task ReportAsync(ApprovalResult claimed, bool succeeded)
        {
            steps.Add($"report {succeeded}");
            return Task.CompletedTask;
        }

        private Task<ApprovalResult> Step(string name, string status)
        {
            steps.Add(name);
            return Task.FromResult(new ApprovalResult { Status = status, ApprovalId = "r-1" });
        }
    }
}

/// <summary>Collects log lines as "Level message".</summary>
internal sealed class Lines : ILoggerProvider, ILogger
{
    private readonly LoggerFactory _factory;

    public Lines() => _factory = new LoggerFactory([this]);

    public List<string> All { get; } = [];

    public ILogger<T> Logger<T>() => new Logger<T>(_factory);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        All.Add($"{logLevel} {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
