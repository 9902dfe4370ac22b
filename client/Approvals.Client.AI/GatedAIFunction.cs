using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Approvals.Client.AI;

/// <summary>
/// A tool whose calls pass the gate. It runs only once approved, with exactly the approved arguments, once; whoever invokes it and whatever that
/// caller believes to be approved.
/// </summary>
/// <param name="tool">Runs where approved.</param>
/// <param name="client">The service.</param>
/// <param name="options">Null: the defaults.</param>
public sealed class GatedAIFunction(AIFunction tool, ApprovalsClient client, GatedToolOptions? options = null) : DelegatingAIFunction(tool)
{
    internal GatedToolOptions Options { get; } = options ?? new();

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var payload = ToolPayload.Of(arguments, JsonSerializerOptions);
        try
        {
            return await client.RunAsync(
                Options.Action(Name, Description, payload),
                payload,
                (approved, stop) => InnerFunction.InvokeAsync(ToolPayload.Arguments(approved, arguments), stop).AsTask(),
                Options.Wait,
                cancellationToken);
        }
        catch (ApprovalException refused) when (!Options.Throws)
        {
            return ToolRefusal.Of(refused);
        }
        catch (HttpRequestException) when (!Options.Throws)
        {
            return ToolRefusal.Away;
        }
    }
}
