using Approvals.Functions.Hosting;
using Approvals.Hosting;
using Microsoft.Extensions.Hosting;

try
{
    await FunctionsHost.Build(args).RunAsync();
    return 0;
}
catch (SettingsException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
