using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Approvals.Copilot.Model;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Hosting;
using Approvals.Hosting.Model;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Testing;
using Approvals.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Standalone.Tests.Model;

/// <summary>The adapter with the real client, on a real connection.</summary>
public sealed class OpenAiModelTests : IAsyncLifetime
{
    private static readonly WordingFacts Facts = new() { Summary = "Rae asks to post bill B-17.", Details = ["secret-free"] };

    private static readonly TenantSnapshot Tenant = new(
        new TenantSettings { Id = "acme" }, new DirectorySnapshot([]), new PolicySet([]), new DelegationSet([]));

    private readonly ManualTime _time = new();
    private readonly Kept _log = new();
    private ModelServer _server = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _server = await ModelServer.StartAsync();
        _services = Services(_server.Url, "k-123");
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Asked_sendsInstructionsAndDataApart_withTheSchema_andNoTools()
    {
        _server.Say("""{"text":"Rae wants to post bill B-17."}""");

        Assert.Equal("Rae wants to post bill B-17.", await SayAsync());

        var call = Assert.Single(_server.Calls);
        Assert.Equal(("/openai/v1/chat/completions", "Bearer k-123"), (call.Path, call.Authorization));
        Assert.Equal("copilot", (string?)call.Body["model"]);
        Assert.Equal(["system", "user"], call.Body["messages"]!.AsArray().Select(message => (string)message!["role"]!));
        Assert.DoesNotContain("B-17", call.Message(0), StringComparison.Ordinal);
        Assert.Equal(Facts.Summary, (string?)JsonNode.Parse(call.Message(1))!["summary"]);
        var format = call.Body["response_format"]!;
        Assert.Equal(("json_schema", "wording", true), ((string?)format["type"], (string?)format["json_schema"]!["name"], (bool?)format["json_schema"]!["strict"]));
        Assert.False((bool?)format["json_schema"]!["schema"]!["additionalProperties"]);
        Assert.Equal(800, (int?)call.Body["max_completion_tokens"]);
        Assert.False((bool?)call.Body["store"]);
        Assert.Null(call.Body["tools"]);
    }

    [Theory]
    [InlineData(429, "429", ModelFault.Busy, 2)]
    [InlineData(500, "InternalServerError", ModelFault.Unavailable, 2)]
    [InlineData(401, "401", ModelFault.Unavailable, 1)]
    [InlineData(404, "DeploymentNotFound", ModelFault.Unavailable, 1)]
    [InlineData(400, "content_filter", ModelFault.Refused, 1)]
    public async Task Refused_isAFault_afterOneMoreTryWhereThatMayHelp(int status, string code, ModelFault fault, int calls)
    {
        _server.Refuse(status, code);

        Assert.Equal(fault, (await AskAsync()).Fault);
        Assert.Equal(calls, _server.Calls.Count);
        Assert.Null(await SayAsync());
        Assert.Equal(fault, (await new PolicyDrafter(Model).DraftAsync("bills", Tenant, CancellationToken.None)).Fault);
    }

    [Theory]
    [InlineData("no JSON", "stop", null, ModelFault.Garbled)]
    [InlineData("""{"text":"cut o""", "length", null, ModelFault.Garbled)]
    [InlineData("""{"text":"a","text":"b"}""", "stop", null, ModelFault.Garbled)]
    [InlineData("", "stop", "I can't help with that.", ModelFault.Refused)]
    [InlineData("", "content_filter", null, ModelFault.Refused)]
    public async Task Answered_withWhatIsNoAnswer_isAFault(string content, string finish, string? refusal, ModelFault fault)
    {
        _server.Say(content, finish, refusal);

        Assert.Equal(fault, (await AskAsync()).Fault);
        Assert.Null(await SayAsync());
    }

    [Theory]
    [InlineData("<html>gateway</html>")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":"none"}""")]
    [InlineData("")]
    public async Task Answered_withWhatIsNoCompletion_isAFault(string body)
    {
        _server.Answer = http => http.Response.WriteAsync(body);

        Assert.NotNull((await AskAsync()).Fault);
        Assert.Null(await SayAsync());
    }

    [Fact]
    public async Task NotAnswered_inTime_isLate()
    {
        var isAsked = new TaskCompletionSource();
        _server.Answer = async http =>
        {
            isAsked.TrySetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var asking = AskAsync();
        await isAsked.Task;
        _time.Advance(OpenAiModel.AnswerWithin);

        Assert.Equal(ModelFault.Late, (await asking).Fault);
    }

    [Fact]
    public async Task NotThere_isUnavailable()
    {
        await _server.DisposeAsync();

        Assert.Equal(ModelFault.Unavailable, (await AskAsync()).Fault);
    }

    [Fact]
    public async Task Redirected_isNotFollowed()
    {
        _server.Answer = http =>
        {
            http.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        Assert.Equal(ModelFault.Unavailable, (await AskAsync()).Fault);
        Assert.All(_server.Calls, call => Assert.Equal("/openai/v1/chat/completions", call.Path));
    }

    [Fact]
    public async Task Cancelled_byItsCaller_isTheirs()
    {
        using var gone = new CancellationTokenSource();
        _server.Answer = _ => gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Model.CompleteAsync(Prompt, gone.Token));
    }

    [Fact]
    public async Task Log_saysWhatFailed_neverWhatWasAskedOrAnswered()
    {
        _server.Say("garbled-answer");
        await AskAsync();
        _server.Refuse(500, "secret-code");
        await SayAsync();

        Assert.Contains(_log.Lines, line => line.Contains("Garbled", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => new[] { "garbled-answer", "B-17", "secret", "k-123" }.Any(text => line.Contains(text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("http://models.contoso.test", "copilot", "k", "must begin with https")]
    [InlineData("ftp://models.contoso.test", "copilot", "k", "must be an address")]
    [InlineData("https://models.contoso.test", null, "k", "Deployment must be set")]
    [InlineData("https://models.contoso.test", "copilot", null, "Key must be set")]
    public void Settings_thatCannotBeUsed_areRefused(string endpoint, string? deployment, string? key, string why) =>
        Assert.Contains(why, Assert.Throws<SettingsException>(() => Read(endpoint, deployment, key, false)).Message, StringComparison.Ordinal);

    [Fact]
    public void Settings_withoutAnEndpoint_areNoModel()
    {
        Assert.Null(Read(null, "copilot", "k", false));
        Assert.Null(new ServiceCollection().AddLanguageModel(null).BuildServiceProvider().GetService<ILanguageModel>());
        Assert.DoesNotContain("k-123", Read("https://models.contoso.test", "copilot", "k-123", false)!.ToString(), StringComparison.Ordinal);
    }

    private ILanguageModel Model => _services.GetRequiredService<ILanguageModel>();

    private static ModelPrompt Prompt => new() { Name = "n", Task = "t", Subject = Value.Map(), Schema = Value.Map(("type", Value.From("object"))) };

    private async Task<ModelAnswer> AskAsync() => await Model.CompleteAsync(Prompt, CancellationToken.None);

    private async Task<string?> SayAsync() => await new Rewording(Model).SayAsync(Facts, null, CancellationToken.None);

    private ServiceProvider Services(Uri endpoint, string key) => new ServiceCollection()
        .AddSingleton<TimeProvider>(_time)
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log))
        .AddLanguageModel(Read(endpoint.AbsoluteUri, "copilot", key, false))
        .BuildServiceProvider();

    private static OpenAiSettings? Read(string? endpoint, string? deployment, string? key, bool withIdentity) => OpenAiSettings.Read(
        new SettingsSection(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Approvals:OpenAI:Endpoint", endpoint), new("Approvals:OpenAI:Deployment", deployment), new("Approvals:OpenAI:Key", key),
        ]).Build()),
        withIdentity);

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
