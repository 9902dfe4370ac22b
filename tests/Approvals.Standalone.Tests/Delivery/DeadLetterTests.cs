using Approvals.Standalone.Tests.Api;

namespace Approvals.Standalone.Tests.Delivery;

/// <summary>What a receiver gave up, as an operator sees it.</summary>
public sealed class DeadLetterTests
{
    [Fact]
    public async Task A_dead_letter_has_no_next_try_until_it_is_sent_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = async (_, _) =>
        {
            if (receiver.Calls.Count == 1)
            {
                return 410;
            }

            await taken.Task;
            return 204;
        };
        var webhooks = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(webhooks, $$"""[{ "tenant": "acme", "url": "{{receiver.Url}}", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "types": ["approval.requested"] }]""");
            await using var service = await Service.StartAsync([$"--Approvals:Webhooks={webhooks}"]);
            var operators = service.As("ops");
            await Stories.PendingAsync(service, "D-1");
            await Eventually.Async(async () => (await operators.GetAsync("/outbox/dead-letters")).Expect(200).Items.Length == 1);

            var dead = Assert.Single((await operators.GetAsync("/outbox/dead-letters")).Expect(200).Items);
            Assert.Equal(("dead", 1), (dead.GetProperty("status").GetString(), dead.GetProperty("attempts").GetInt32()));
            Assert.False(dead.TryGetProperty("nextAt", out _));

            var again = (await operators.PostAsync($"/outbox/dead-letters/{dead.GetProperty("id").GetString()}/redelivery", new { })).Expect(202);
            Assert.Equal("waiting", again["status"].GetString());
            Assert.Equal(again["firstAt"].GetString(), again["nextAt"].GetString());
        }
        finally
        {
            taken.SetResult();
            File.Delete(webhooks);
        }
    }
}
