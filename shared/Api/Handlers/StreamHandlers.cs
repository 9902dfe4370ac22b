using System.Collections.Immutable;
using System.Globalization;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Chains;
using Approvals.Outbox;
using Approvals.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Approvals.Api.Handlers;

/// <summary>
/// The caller's events as they are committed, as server-sent events: the event id is the position, so that a client that comes back with
/// Last-Event-ID misses nothing. Credentials and roles are looked at again whenever something is sent.
/// </summary>
internal static class StreamHandlers
{
    private const int BatchSize = 256;

    private static readonly Problem TooMany =
        Problem.Of(RefusalCode.RateLimited, "Close other streams first.") with { RetryAfter = Reply.PendingRetryAfter };

    public static async ValueTask<Reply> StreamAsync(Call call)
    {
        if (From(call, out var problem) is var from && problem is not null)
        {
            return call.Refuse(problem);
        }
        if (!call.Services.Streams.TryOpen(call.Caller))
        {
            return call.Refuse(TooMany);
        }
        using var over = new CancellationTokenSource(call.Services.Options.MaxStream, call.Services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation, call.Services.Stopping, over.Token);
        var response = call.Http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        call.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            // A position that is not reached yet came from another store, e.g. from before a backup was put back.
            var head = await call.Services.Outbox.HeadAsync(ending.Token);
            var position = Math.Min(from ?? head, head);
            EventLines.Greet(response.BodyWriter);
            if (head - position > call.Services.Options.MaxReplayed)
            {
                EventLines.Gap(response.BodyWriter, position = head);
            }
            await response.BodyWriter.FlushAsync(ending.Token);
            await ReplayAsync(call, position, head, ending.Token);
            await SendAsync(call, head, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client left, the host stops, or the stream was open long enough: the client comes back for what follows.
        }
        finally
        {
            call.Services.Streams.Close(call.Caller);
        }
        return Reply.Streamed;
    }

    private static async Task SendAsync(Call call, long position, CancellationToken ending)
    {
        var (services, output) = (call.Services, call.Http.Response.BodyWriter);
        while (await services.Callers.ResolveAsync(call.Http) is { } caller)
        {
            var batch = await services.Tail.ReadAsync(position, BatchSize, ending);
            await WriteAsync(call, caller, batch, ending);
            position = batch.IsEmpty ? position : batch[^1].Position;
            if (batch.IsEmpty && !await ArrivesAsync(services, position, ending))
            {
                EventLines.KeepAlive(output);
            }
            // A client that reads too slowly holds up only itself: nothing is read for it until this is through.
            await output.FlushAsync(ending);
        }
    }

    /// <summary>What the client missed, of its own tenant alone: streams that stand at the end share what they read.</summary>
    private static async Task ReplayAsync(Call call, long position, long head, CancellationToken ending)
    {
        while (position < head && await call.Services.Callers.ResolveAsync(call.Http) is { } caller)
        {
            var batch = await call.Services.Outbox.ReadAsync(caller.TenantId, position, head, BatchSize, ending);
            await WriteAsync(call, caller, batch, ending);
            position = batch.Length < BatchSize ? head : batch[^1].Position;
            await call.Http.Response.BodyWriter.FlushAsync(ending);
        }
    }

    private static async ValueTask WriteAsync(Call call, Caller caller, ImmutableArray<OutboxRecord> batch, CancellationToken ending)
    {
        foreach (var record in batch)
        {
            if (await EventVisibility.MaySeeAsync(call.Services, caller, record.Event, ending))
            {
                EventLines.Write(call.Http.Response.BodyWriter, record);
            }
        }
    }

    /// <summary>False at the end of the heartbeat's time.</summary>
    private static async Task<bool> ArrivesAsync(ApiServices services, long position, CancellationToken ending)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var arrival = services.Outbox.WaitAsync(position, pause.Token).AsTask();
        var heartbeat = Task.Delay(services.Options.Heartbeat, services.Time, pause.Token);
        var arrived = await Task.WhenAny(arrival, heartbeat) == arrival;
        await pause.CancelAsync();
        ending.ThrowIfCancellationRequested();
        return arrived;
    }

    private static long? From(Call call, out Problem? problem)
    {
        var text = call.Http.Request.Headers["Last-Event-ID"].ToString();
        problem = null;
        if (text.Length == 0)
        {
            return null;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return position;
        }
        problem = Problem.Invalid("Last-Event-ID", "Must be the id of an event of this stream.");
        return null;
    }
}
