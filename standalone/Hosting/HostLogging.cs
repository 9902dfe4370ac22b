using Microsoft.Extensions.Logging.Console;

namespace Approvals.Standalone.Hosting;

/// <summary>Logs go to standard error, from warnings on; standard output is for the one line that says where the service listens.</summary>
internal static class HostLogging
{
    public static void Configure(ILoggingBuilder logging, IConfiguration levels, bool structured)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddConfiguration(levels);
        // Its scope and activity around every call would cost more than the call; the API names its own trace ids. No setting turns it on: it notes whole
        // addresses, before the tokens of links are taken out of them.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A host that can not start says so once, by its exit message.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = structured ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        });
        logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        logging.AddSimpleConsole(simple => simple.SingleLine = true);
        // The two lines above name formatters; which of them is used is said once more, since each of them says it too.
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
            console.FormatterName = structured ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple);
    }
}
