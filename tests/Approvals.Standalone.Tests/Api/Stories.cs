namespace Approvals.Standalone.Tests.Api;

/// <summary>Steps that many tests begin with.</summary>
internal static class Stories
{
    public static object Bill(string number = "B-1", double amount = 5000) => new
    {
        actionType = World.Bill,
        subject = new { type = "bill", id = number },
        payload = new { number, amount, iban = "DE02120300000000202051" },
    };

    public static object Payload(string number = "B-1", double amount = 5000) => new { number, amount, iban = "DE02120300000000202051" };

    public static object OneLevel(string id, string action = "one.thing") => new
    {
        actionType = action,
        subject = new { type = "thing", id },
        payload = new { id },
    };

    /// <summary>A pending request of Rae's that Mo decides.</summary>
    public static async Task<string> PendingAsync(Service service, string id, string requester = "rae") =>
        (await service.As(requester).PostAsync("/gate", OneLevel(id))).Expect(202).RequestId;

    /// <summary>An approved one, with its grant's token.</summary>
    public static async Task<(string Request, string Grant)> ApprovedAsync(Service service, string id)
    {
        var request = await PendingAsync(service, id);
        (await service.As("mo").PostAsync($"/requests/{request}/decisions", new { decision = "approve" })).Expect(200);
        var pass = (await service.As("rae").GetAsync($"/gate/{request}")).Expect(200);
        return (request, pass["grant"].GetProperty("token").GetString()!);
    }

    public static Task<Answer> DecideAsync(Service service, string person, string request, string decision, string? comment = null) =>
        service.As(person).PostAsync($"/requests/{request}/decisions", new { decision, comment });
}
