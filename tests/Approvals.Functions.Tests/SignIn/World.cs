namespace Approvals.Functions.Tests.SignIn;

/// <summary>A directory file, as there is one beside the app in Azure.</summary>
internal static class World
{
    /// <summary>Its path.</summary>
    public static string Write(string directory)
    {
        var path = Path.Combine(directory, "directory.json");
        File.WriteAllText(path, """
            { "tenants": [ { "id": "contoso", "people": [
              { "id": "rae", "name": "Rae", "roles": ["requester"] }, { "id": "mika", "name": "Mika", "roles": ["approver"] },
              { "id": "uma", "name": "Uma", "roles": ["auditor"] } ] } ] }
            """);
        return path;
    }
}
