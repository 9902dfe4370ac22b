namespace Approvals.Browser;

/// <summary>A tour of the pages: who looks at which.</summary>
public static class AllPages
{
    public static TheoryData<string, string> ByPerson => new()
    {
        { "mika", "/inbox" },
        { "mika", "/inbox?q=nothing+like+it" },
        { "mika", "/requests/{bill}" },
        { "rae", "/requests/{bill}" },
        { "rae", "/requests/{bill}/history" },
        { "rae", "/requests/{changes}" },
        { "ana", "/requests/{card}" },
        { "ada", "/requests?who=everybody" },
        { "rae", "/requests/new?type=hire_agent" },
        { "ada", "/delegations" },
        { "mika", "/notifications" },
        { "mika", "/preferences" },
        { "mika", "/policies" },
        { "mika", "/policies/purchasing.vendorBill.post" },
        { "mika", "/policies/edit?pack=purchasing.vendorBill.post" },
        { "uma", "/audit" },
        { "uma", "/reports" },
        { "mika", "/requests/nothing" },
        { "", "/sign-in" },
        { "", "/a/forged" },
        { "", "/a/{link}" },
    };

    /// <summary>Makes what the page is to show, and names it in the path.</summary>
    public static async Task<string> FillAsync(Service service, string path)
    {
        if (path == "/delegations")
        {
            // Across departments: it waits for approval, which is shown with a link.
            await service.PostAsync("cleo", "delegations", new { @delegate = "mika", until = DateTime.UtcNow.AddDays(40), reason = "Sabbatical" });
        }

        if (path is "/inbox" or "/notifications")
        {
            await MakeAsync(service, "link");
        }

        var hole = path.IndexOf('{', StringComparison.Ordinal);
        if (hole < 0)
        {
            return path;
        }

        var kind = path[(hole + 1)..path.IndexOf('}', StringComparison.Ordinal)];
        return path.Replace($"{{{kind}}}", await MakeAsync(service, kind), StringComparison.Ordinal);
    }

    private static async Task<string> MakeAsync(Service service, string kind)
    {
        var number = $"X-{Guid.NewGuid():N}";
        switch (kind)
        {
            case "bill":
                return await service.BillAsync(number);
            case "changes":
                var id = await service.BillAsync(number);
                await service.PostAsync("mika", $"requests/{id}/decisions", new { decision = "requestChanges", comment = "Which cost center?" });
                return id;
            case "card":
                return await service.KeyCardAsync("OpenAI", "API Key Required: OpenAI");
            default:
                await service.BillAsync(number);
                var link = await service.LinkAsync(number);
                return link[(link.LastIndexOf('/') + 1)..];
        }
    }
}
