using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;

namespace Approvals.Testing;

/// <summary>Keeps mail; answers as told by address.</summary>
public sealed class MemoryMail : IMailSender
{
    private readonly Lock _gate = new();

    public List<(string Id, string Address, MailContent Content)> Sent { get; } = [];

    public Dictionary<string, DeliveryResult> Answers { get; } = [];

    public ValueTask<DeliveryResult> SendAsync(string id, string address, string name, MailContent content, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var answer = Answers.GetValueOrDefault(address, DeliveryResult.Delivered);
            if (answer.Outcome == DeliveryOutcome.Delivered)
            {
                Sent.Add((id, address, content));
            }

            return new(answer);
        }
    }
}
