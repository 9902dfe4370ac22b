using Approvals.Hosting;
using Azure.Core;
using Azure.Messaging.ServiceBus;

namespace Approvals.Functions.ServiceBus;

/// <summary>Where events are published: a topic, by connection string, or by the namespace's name as the app's own identity.</summary>
internal sealed record ServiceBusSettings(string? ConnectionString, string? FullyQualifiedNamespace, string Topic)
{
    public const string DefaultTopic = "approvals";

    /// <summary>Null: nothing is published.</summary>
    /// <exception cref="SettingsException">A setting can't be used.</exception>
    public static ServiceBusSettings? Read(SettingsSection section)
    {
        var topic = section.Text("ServiceBus:Topic") ?? DefaultTopic;
        var connection = section.Text("ServiceBus");
        if (section.Text("ServiceBus:fullyQualifiedNamespace") is { } name)
        {
            return Uri.CheckHostName(name) == UriHostNameType.Dns
                ? new ServiceBusSettings(null, name, topic)
                : throw new SettingsException("Approvals:ServiceBus:fullyQualifiedNamespace must be a host name such as contoso.servicebus.windows.net.");
        }
        return connection is not { } text ? null
            : IsConnectionString(text) ? new ServiceBusSettings(text, null, topic)
            : throw new SettingsException("Approvals:ServiceBus is no connection string of a Service Bus namespace.");
    }

    /// <summary>
    /// The client itself gives up early: what was not taken waits in the outbox, which tries again for a day and keeps the order meanwhile.
    /// </summary>
    public ServiceBusClient Connect(TokenCredential credential)
    {
        var options = new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 1, TryTimeout = TimeSpan.FromSeconds(15) } };
        return ConnectionString is { } text
            ? new ServiceBusClient(text, options)
            : new ServiceBusClient(FullyQualifiedNamespace, credential, options);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return ServiceBusConnectionStringProperties.Parse(text).FullyQualifiedNamespace is { Length: > 0 };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
