using System.Reflection;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>
/// Recorded histories, a folder each with two files a turn. What a released orchestrator recorded is never replaced: instances that run go on with it.
/// </summary>
internal static class Histories
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation("  "));

    private static readonly string Folder = Path.Combine(
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ProjectDirectory").Value!,
        "Orchestration",
        "Histories");

    public static List<Turn> Read(string name) =>
        [.. System.IO.Directory.EnumerateFiles(Path.Combine(Folder, name), "*.request.json").Order(StringComparer.Ordinal).Select(request => new Turn(
            JsonParser.Default.Parse<OrchestratorRequest>(File.ReadAllText(request)),
            JsonParser.Default.Parse<OrchestratorResponse>(File.ReadAllText(request.Replace(".request.", ".response.", StringComparison.Ordinal)))))];

    public static void Write(string name, IEnumerable<Turn> turns)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        foreach (var (number, turn) in turns.Index())
        {
            File.WriteAllText(Path.Combine(folder, $"{number + 1}.request.json"), Formatter.Format(turn.Request) + "\n");
            File.WriteAllText(Path.Combine(folder, $"{number + 1}.response.json"), Formatter.Format(turn.Response) + "\n");
        }
    }
}
