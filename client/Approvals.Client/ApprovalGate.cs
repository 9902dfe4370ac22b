using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Client;

/// <summary>
/// Runs calls of modules through approval. The steps of a call have one order, which no caller can change: access control, approval, validation
/// of the arguments, the call itself. Without a handler the approval step is skipped.
/// </summary>
/// <param name="handler">Who decides; null: nobody is asked and every call continues.</param>
/// <param name="logger">Gets a line for each decision; null: none.</param>
public sealed class ApprovalGate(IApprovalHandler? handler = null, ILogger<ApprovalGate>? logger = null)
{
    /// <summary>The argument that resumes a pending call. It is taken out of the arguments before anything else sees them.</summary>
    public const string TokenArgument = "_approval_token";

    private readonly ILogger _logger = logger ?? NullLogger<ApprovalGate>.Instance;

    /// <summary>Runs a call that gives one result.</summary>
    /// <param name="arguments">A JSON object.</param>
    /// <exception cref="ApprovalException">The call was not approved (see its kinds); neither validation nor the call itself ran.</exception>
    public async Task<T> CallAsync<T>(
        GatedModule module, JsonElement arguments, Func<JsonElement, CancellationToken, Task<T>> run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        await using var call = await EnterAsync(module, arguments, cancellation);
        var result = await run(call.Arguments, cancellation);
        call.Succeeded = true;
        return result;
    }

    /// <summary>Runs a call that gives one result, and blocks the thread meanwhile.</summary>
    public T Call<T>(GatedModule module, JsonElement arguments, Func<JsonElement, T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        // On a thread of the pool, so that no synchronization context of the caller can deadlock.
        return Task.Run(() => CallAsync(module, arguments, (approved, _) => Task.FromResult(run(approved)))).GetAwaiter().GetResult();
    }

    /// <summary>Runs a call that gives a stream of results. It is approved before the first item; it succeeded once the stream was read to its end.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        GatedModule module, JsonElement arguments, Func<JsonElement, CancellationToken, IAsyncEnumerable<T>> run,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        await using var call = await EnterAsync(module, arguments, cancellation);
        await foreach (var item in run(call.Arguments, cancellation).WithCancellation(cancellation))
        {
            yield return item;
        }
        call.Succeeded = true;
    }

    private async Task<ApprovedCall> EnterAsync(GatedModule module, JsonElement arguments, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(module);
        var (own, token) = TakeToken(arguments);
        if (module.Authorize is { } authorize)
        {
            await authorize(own, cancellation);
        }
        var call = new ApprovedCall(own);
        if (handler is not null && module.Annotations.RequiresApproval)
        {
            var request = new ApprovalRequest
            {
                ModuleId = module.Id,
                Arguments = own,
                Annotations = module.Annotations,
                Description = module.Description,
                Tags = module.Tags,
            };
            var result = await AskAsync(handler, request, token, cancellation);
            GateDecision.ThrowUnlessApproved(_logger, module.Id, result);
            if (handler is IOneShotApprovalHandler oneShot)
            {
                var claimed = await oneShot.ClaimAsync(request, result, cancellation);
                if (claimed.Status != ApprovalStatus.Approved)
                {
                    GateDecision.ThrowUnlessApproved(_logger, module.Id, claimed);
                }
                call.Report = succeeded => oneShot.ReportAsync(claimed, succeeded);
            }
        }
        try
        {
            module.Validate?.Invoke(own);
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
        return call;
    }

    /// <summary>A handler that fails denies: nothing but its approval lets a call continue.</summary>
    private static async Task<ApprovalResult> AskAsync(IApprovalHandler handler, ApprovalRequest request, string? token, CancellationToken cancellation)
    {
        try
        {
            var result = token is null ? await handler.RequestApprovalAsync(request, cancellation) : await handler.CheckApprovalAsync(token, cancellation);
            return result ?? throw new InvalidOperationException("The approval handler gave no answer.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not ApprovalException)
        {
            throw new ApprovalDeniedException("Approval could not be asked for; the call is denied.", null, fault);
        }
    }

    private static (JsonElement Arguments, string? Token) TakeToken(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("The arguments of a call are a JSON object.", nameof(arguments));
        }
        if (!arguments.TryGetProperty(TokenArgument, out var token))
        {
            return (arguments.Clone(), null);
        }
        if (token.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(token.GetString()))
        {
            throw new ArgumentException($"{TokenArgument} is a text.", nameof(arguments));
        }
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in arguments.EnumerateObject().Where(member => member.Name != TokenArgument))
            {
                member.WriteTo(json);
            }
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return (document.RootElement.Clone(), token.GetString());
    }

    /// <summary>A call that may run; reports its outcome where its approval asks for that.</summary>
    private sealed class ApprovedCall(JsonElement arguments) : IAsyncDisposable
    {
        public JsonElement Arguments => arguments;
        public bool Succeeded { get; set; }
        public Func<bool, Task>? Report { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (Report is { } report)
            {
                Report = null;
                await report(Succeeded);
            }
        }
    }
}

/// <summary>What is called, and the steps around it.</summary>
public sealed record GatedModule
{
    /// <summary>For example <c>files.delete</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Whether calls need approval. See <see cref="ApprovalAnnotations.From"/> and <see cref="RequiresApprovalAttribute"/>.</summary>
    public ApprovalAnnotations Annotations { get; init; } = ApprovalAnnotations.None;

    /// <summary>What the module does, in words; shown to approvers.</summary>
    public string? Description { get; init; }

    /// <summary>Tags for the handler.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Access control: throws where the caller may not call. Runs before approval, so that nobody is asked about a call that would be refused anyway.</summary>
    public Func<JsonElement, CancellationToken, Task>? Authorize { get; init; }

    /// <summary>Validation of the arguments: throws where they are wrong. Runs after approval.</summary>
    public Action<JsonElement>? Validate { get; init; }
}
