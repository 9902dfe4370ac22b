using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.DurableTask.Protobuf;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>Stands between the host and the worker, and keeps what orchestrators are given and what they answer.</summary>
internal sealed class TurnRecorder : Interceptor
{
    private readonly ConcurrentDictionary<string, OrchestratorRequest> _begun = new();
    private readonly ConcurrentQueue<Turn> _all = new();
    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>();

    public IReadOnlyCollection<Turn> All => _all;

    /// <summary>The next ones, when they are over.</summary>
    public async Task<List<Turn>> TakeAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var turns = new List<Turn>();
        while (turns.Count < count)
        {
            turns.Add(await _turns.Reader.ReadAsync(patience.Token));
        }

        return turns;
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        var items = new Items<TResponse>(call.ResponseStream, item =>
        {
            if (item is WorkItem { OrchestratorRequest: { } begun })
            {
                _begun[begun.InstanceId] = begun.Clone();
            }
        });
        return new AsyncServerStreamingCall<TResponse>(items, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        if (request is OrchestratorResponse response)
        {
            var turn = new Turn(_begun[response.InstanceId], response.Clone());
            _all.Enqueue(turn);
            _turns.Writer.TryWrite(turn);
        }

        return continuation(request, context);
    }

    private sealed class Items<T>(IAsyncStreamReader<T> items, Action<T> see) : IAsyncStreamReader<T>
    {
        public T Current => items.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await items.MoveNext(cancellationToken))
            {
                return false;
            }

            see(items.Current);
            return true;
        }
    }
}
