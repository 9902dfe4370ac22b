using Approvals.Standalone.Commands;
using Approvals.Standalone.Demo;
using Approvals.Standalone.Hosting;

return await Verbs.TryRunAsync(args, Console.Out, Console.Error) ?? (args is ["demo", ..]
    ? await Serving.RunAsync(args[1..], PlayAsync)
    : await Serving.RunAsync(args));

static async Task PlayAsync(Uri address)
{
    using var http = new HttpClient { BaseAddress = address };
    await new VendorBillStory(http, Console.Out).PlayAsync();
}
