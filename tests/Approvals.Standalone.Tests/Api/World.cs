namespace Approvals.Standalone.Tests.Api;

/// <summary>Two tenants that look alike, and a few policies of the first.</summary>
internal static class World
{
    public const string Tenant = "acme";
    public const string Other = "globex";

    /// <summary>Gated above 100: the requester's manager, then any finance manager.</summary>
    public const string Bill = "bill.post";

    public static void Write(string home)
    {
        File.WriteAllText(Path.Combine(home, "directory.json"), Directory);
        var policies = System.IO.Directory.CreateDirectory(Path.Combine(home, "policies")).FullName;
        File.WriteAllText(Path.Combine(policies, "bill.json"), """
            { "tenant": "acme", "key": "bill.post", "name": "Bills", "actionTypes": ["bill.post"], "when": "payload.amount > 100",
              "levels": [
                { "name": "Manager", "approvers": ["manager:requester"], "strategy": "any" },
                { "name": "Finance", "approvers": ["role:finance-manager"], "strategy": "any" } ],
              "sensitive": ["payload.iban"], "titleTemplate": "Bill {payload.number}" }
            """);
        File.WriteAllText(Path.Combine(policies, "one.json"), """
            { "tenant": "acme", "key": "one.level", "name": "One level", "actionTypes": ["one.*"],
              "levels": [ { "name": "Manager", "approvers": ["manager:requester"], "strategy": "any" } ] }
            """);
        File.WriteAllText(Path.Combine(policies, "masked.json"), """
            { "tenant": "acme", "key": "masked.pay", "name": "Payments", "actionTypes": ["masked.pay"],
              "levels": [ { "name": "Ops", "approvers": ["user:mia"], "strategy": "any" } ],
              "sensitive": ["payload.iban", "payload.vendor.pin"], "titleTemplate": "Pay {payload.number} to {payload.iban}, {payload.vendor}" }
            """);
        File.WriteAllText(Path.Combine(policies, "quick.json"), """
            { "tenant": "acme", "key": "quick.expiry", "name": "Expires at once", "actionTypes": ["quick.expiry"],
              "levels": [ { "name": "Manager", "approvers": ["manager:requester"], "strategy": "any", "respondWithin": "1s", "onTimeout": "expire" } ] }
            """);
        File.WriteAllText(Path.Combine(policies, "gap.json"), """
            { "tenant": "acme", "key": "case.gap", "name": "Tiers", "actionTypes": ["case.gap"],
              "levels": [
                { "name": "Supervisor", "approvers": ["user:mo"], "humanOnly": true, "when": "payload.amount > 0 && payload.amount <= 1500" },
                { "name": "Division", "approvers": ["user:fay"], "humanOnly": true, "when": "payload.amount >= 1500.1" } ] }
            """);
        File.WriteAllText(Path.Combine(policies, "pass.json"), """
            { "tenant": "acme", "key": "case.pass", "name": "Passes", "actionTypes": ["case.pass"], "whenNoLevelApplies": "allow",
              "levels": [ { "name": "Supervisor", "approvers": ["user:mo"], "when": "payload.amount > 1500" } ] }
            """);
        File.WriteAllText(Path.Combine(policies, "fault.json"), """
            { "tenant": "acme", "key": "fault.check", "name": "Fails", "actionTypes": ["fault.check"], "when": "payload.missing.amount > 1",
              "levels": [ { "name": "Manager", "approvers": ["manager:requester"], "strategy": "any" } ] }
            """);
    }

    private const string Directory = """
        { "tenants": [
          { "id": "acme", "timeZone": "Europe/Berlin", "fallbackApprovers": ["role:admin"], "people": [
            { "id": "rae", "name": "Rae", "email": "rae@acme.test", "roles": ["requester"], "manager": "mo", "department": "ops" },
            { "id": "rob", "name": "Rob", "roles": ["requester"], "manager": "mo", "department": "ops" },
            { "id": "mo", "name": "Mo", "roles": ["approver"], "department": "ops" },
            { "id": "mia", "name": "Mia", "email": "mia@acme.test", "roles": ["approver"], "department": "ops" },
            { "id": "fay", "name": "Fay", "roles": ["approver", "finance-manager"], "department": "finance" },
            { "id": "fox", "name": "Fox", "roles": ["approver", "finance-manager"], "department": "finance" },
            { "id": "aud", "name": "Aud", "roles": ["auditor"] },
            { "id": "adm", "name": "Adm", "roles": ["admin"], "department": "it" },
            { "id": "ava", "name": "Ava", "roles": ["admin"], "department": "it" },
            { "id": "rex", "name": "Rex", "kind": "agent", "roles": ["requester", "approver", "admin", "policy-admin", "operator"] },
            { "id": "pol", "name": "Pol", "roles": ["policy-admin"] },
            { "id": "pam", "name": "Pam", "roles": ["policy-admin"] },
            { "id": "ops", "name": "Ops", "roles": ["operator"] },
            { "id": "ove", "name": "Ove", "roles": ["approvals.override"] },
            { "id": "bot", "name": "Bot", "kind": "agent", "roles": ["requester", "approver"], "manager": "mo", "department": "ops" } ] },
          { "id": "globex", "timeZone": "UTC", "people": [
            { "id": "rae", "name": "Another Rae", "roles": ["requester"], "manager": "eve" },
            { "id": "eve", "name": "Eve", "roles": ["requester", "approver", "admin", "auditor", "policy-admin", "operator", "approvals.override"] } ] } ] }
        """;
}
