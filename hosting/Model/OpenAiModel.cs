using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Approvals.Copilot.Model;
using Approvals.Values;
using Microsoft.Extensions.Logging;
using OpenAI;
using OpenAI.Chat;

namespace Approvals.Hosting.Model;

/// <summary>
/// Asks Azure OpenAI by chat completion. Neither what is asked nor what is answered is logged or kept by the model's service, and no tools are offered to the model.
/// </summary>
internal sealed partial class OpenAiModel : ILanguageModel
{
    /// <summary>Retries and all: a person waits for it.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    private const int Retries = 1;

    private readonly ChatClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <param name="handler">Carries the calls; null: one of its own.</param>
    public OpenAiModel(OpenAiSettings settings, AuthenticationPolicy signIn, TimeProvider time, ILogger<OpenAiModel> log, HttpMessageHandler? handler = null)
    {
        Name = settings.Deployment;
        _time = time;
        _log = log;
        // The constructor that takes how to sign in is marked as new; the wire format it speaks is not.
#pragma warning disable OPENAI001
        _client = new ChatClient(settings.Deployment, signIn, new OpenAIClientOptions
        {
            Endpoint = settings.Api,
            UserAgentApplicationId = "Approvals",
            NetworkTimeout = AnswerWithin,
            RetryPolicy = new ClientRetryPolicy(Retries),
            Transport = new HttpClientPipelineTransport(new HttpClient(handler ?? Handler()) { Timeout = Timeout.InfiniteTimeSpan }),
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false, EnableMessageLogging = false, EnableMessageContentLogging = false },
        });
#pragma warning restore OPENAI001
    }

    public string Name { get; }

    public async ValueTask<ModelAnswer> CompleteAsync(ModelPrompt prompt, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(AnswerWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var answer = await AskAsync(prompt, late.Token, either.Token, cancellation);
        if (answer.Fault is { } fault)
        {
            LogFault(fault);
        }
        return answer;
    }

    private async Task<ModelAnswer> AskAsync(ModelPrompt prompt, CancellationToken late, CancellationToken either, CancellationToken cancellation)
    {
        try
        {
            var completion = await _client.CompleteChatAsync(Messages(prompt), Options(prompt), either);
            return Read(completion.Value);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (late.IsCancellationRequested)
        {
            return ModelAnswer.Failed(ModelFault.Late);
        }
        catch (ClientResultException fault)
        {
            return ModelAnswer.Failed(Fault(fault));
        }
        // The client reads what others sent, and credentials come from elsewhere: whatever becomes of that, the caller goes on without a model.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogUnexpected(fault.GetType().Name);
            return ModelAnswer.Failed(ModelFault.Unavailable);
        }
    }

    private static ChatMessage[] Messages(ModelPrompt prompt) =>
        [ChatMessage.CreateSystemMessage(prompt.Instructions), ChatMessage.CreateUserMessage(prompt.Material)];

    private static ChatCompletionOptions Options(ModelPrompt prompt) => new()
    {
        MaxOutputTokenCount = prompt.MaxTokens,
        StoredOutputEnabled = false,
        ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
            prompt.Name, BinaryData.FromString(JsonText.ToText(prompt.Schema)), jsonSchemaIsStrict: true),
    };

    private static ModelAnswer Read(ChatCompletion completion)
    {
        if (completion.FinishReason == ChatFinishReason.ContentFilter || !string.IsNullOrEmpty(completion.Refusal))
        {
            return ModelAnswer.Failed(ModelFault.Refused);
        }
        return completion is { FinishReason: ChatFinishReason.Stop, Content: [{ Text: { } text }] }
            && JsonText.TryParse(Encoding.UTF8.GetBytes(text), out var content, out _)
                ? ModelAnswer.Of(content)
                : ModelAnswer.Failed(ModelFault.Garbled);
    }

    private static ModelFault Fault(ClientResultException fault) => fault.Status switch
    {
        429 => ModelFault.Busy,
        // Azure's content filter refuses a prompt so.
        400 when fault.Message.Contains("content_filter", StringComparison.Ordinal) => ModelFault.Refused,
        _ => ModelFault.Unavailable,
    };

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language model gave no answer: {Fault}")]
    private partial void LogFault(ModelFault fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language model's client failed: {Kind}")]
    private partial void LogUnexpected(string kind);
}
