namespace Approvals.Functions.Commands;

/// <summary>Brings commands to the orchestrations of requests.</summary>
public interface ICommandTransport
{
    /// <summary>Starts the request's orchestration with its first command. One that runs is never replaced: the command is then sent to it.</summary>
    Task StartAsync(string tenant, string requestId, string commandId, CancellationToken cancellation);

    /// <summary>Tells the running orchestration of a staged command.</summary>
    Task SendAsync(string tenant, string requestId, string commandId, CancellationToken cancellation);
}
