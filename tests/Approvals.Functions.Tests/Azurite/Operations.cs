using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Approvals.Functions.Tests.Azurite;

/// <summary>Counts storage operations: each HTTP call is one, an entity-group transaction too.</summary>
internal sealed class Operations : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentQueue<string> _all = new();

    /// <summary>What breaks off before it is sent, for as long as it says so.</summary>
    public Func<Request, bool> Fails { get; set; } = _ => false;

    /// <summary>What loses its answer after it was carried out.</summary>
    public Func<Request, bool> LosesAnswer { get; set; } = _ => false;

    public int Count => _all.Count;

    /// <summary>Method and path of each, in order.</summary>
    public IReadOnlyCollection<string> All => _all;

    public void Forget() => _all.Clear();

    public override void OnSendingRequest(HttpMessage message)
    {
        _all.Enqueue($"{message.Request.Method} {message.Request.Uri.PathAndQuery}");
        if (Fails(message.Request))
        {
            throw new IOException("The connection broke.");
        }
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (LosesAnswer(message.Request))
        {
            throw new IOException("The connection broke.");
        }
    }
}
