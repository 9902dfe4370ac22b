using Approvals.Functions.Hosting;
using Microsoft.Extensions.Hosting;

await FunctionsHost.Build(args).RunAsync();
