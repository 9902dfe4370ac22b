using Approvals.Subscriber;
using Azure.Identity;
using Azure.Messaging.ServiceBus;

// Listens to a subscription of the topic until it is told to stop: Approvals.Subscriber <namespace> [<topic> [<subscription>]]
if (args is not [var fullyQualifiedNamespace, ..])
{
    await Console.Error.WriteLineAsync("Name the namespace, such as contoso.servicebus.windows.net.");
    return 1;
}
var (topic, subscription) = (args.ElementAtOrDefault(1) ?? "approvals", args.ElementAtOrDefault(2) ?? "everything");

await using var client = new ServiceBusClient(fullyQualifiedNamespace, new DefaultAzureCredential());
await using var processor = client.CreateSessionProcessor(topic, subscription, new ServiceBusSessionProcessorOptions
{
    // Requests in parallel; the events of one request are a session, and come one after the other.
    MaxConcurrentSessions = 16,
    MaxConcurrentCallsPerSession = 1,
    // Completed by hand, once the event has been dealt with.
    AutoCompleteMessages = false,
});
var seen = new SeenEvents(capacity: 100_000);
processor.ProcessMessageAsync += async call =>
{
    var happened = CloudEvent.Read(call.Message.Body);
    if (seen.IsNew(happened.Id))
    {
        await Console.Out.WriteLineAsync($"{happened.Time:u} {happened.Type,-28} {happened.Source} {happened.Data}");
        seen.Add(happened.Id);
    }
    await call.CompleteMessageAsync(call.Message);
};
processor.ProcessErrorAsync += call => Console.Error.WriteLineAsync($"{call.ErrorSource}: {call.Exception.Message}");

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};
await processor.StartProcessingAsync();
await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
await processor.StopProcessingAsync();
return 0;
