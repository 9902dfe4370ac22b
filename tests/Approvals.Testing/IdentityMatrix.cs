using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Api;
using Approvals.Tokens;

namespace Approvals.Testing;

/// <summary>
/// Every identity that can be made, at every route that changes something: a table with a letter for each answer. Hana has every role, asked for
/// what is hers to change and is asked to decide what Otto wants; all other identities are hers seen otherwise, or an agent's with all of her roles.
/// </summary>
/// <param name="send">To the host.</param>
/// <param name="makeToken">The text of a token of a person of the tenant.</param>
public sealed partial class IdentityMatrix(Func<HttpRequestMessage, Task<HttpResponseMessage>> send, Func<string, Scopes, Task<string>> makeToken)
{
    public const string Tenant = "acme";

    private const string Roles = """ "roles": ["requester", "approver", "admin", "policy-admin", "operator", "auditor", "approvals.override"] """;
    private const string Until = "2099-01-01T00:00:00Z";

    /// <summary>What both hosts answer: <c>+</c> done or asked for, else the problem in a letter (<see cref="Letter"/>); columns as <see cref="Identities"/>.</summary>
    public const string Expected = """
        +++s+ss+++++++++uxu  POST /api/v1/gate
        +++s+ss+nnrnrrrnuxu  POST /api/v1/gate/{requestId}/execution
        +++s+ss+nnrnrrrnuxu  POST /api/v1/gate/{requestId}/execution/{executionId}/result
        +++s+ss+++++++++uxu  POST /api/v1/requests
        +++s+ss+nnrnrrrnuxu  POST /api/v1/requests/{id}/submission
        ++sss+s+nnanaaanuxu  POST /api/v1/requests/{id}/decisions
        +++s+ss+nnrnrrrnuxu  POST /api/v1/requests/{id}/withdrawal
        +++s++s+nn+n+++nuxu  POST /api/v1/requests/{id}/comments
        ++sss+s+nnanaaanuxu  POST /api/v1/requests/{id}/assignments
        +++s+ss+nnrnrrrnuxu  POST /api/v1/requests/{id}/resubmission
        ++sss+s+nnanaaanuxu  POST /api/v1/requests/{id}/override
        ++sss+s+nnanaaanuxu  POST /api/v1/inbox/decisions
        ++ssss++rrrrrrr+uxu  POST /api/v1/policies
        ++s++ss++++++++nuxu  POST /api/v1/policies/simulation
        ++ssss++rrrrrrrnuxu  POST /api/v1/policies/{key}/versions/{version}/publication
        ++ssss++rrrrrrrnuxu  POST /api/v1/policies/{key}/versions/{version}/retirement
        ++sss+s+aaaaaaa+uxu  POST /api/v1/delegations
        ++sss+s+nnrnrrrnuxu  DELETE /api/v1/delegations/{id}
        +++s+ss+++++++++uxu  POST /api/v1/copilot/tools/{name}
        ++ssss++rrrrrrr+uxu  PUT /api/v1/directory/people/{id}
        ++ssss++rrrrrrrnuxu  DELETE /api/v1/directory/people/{id}
        ++ssssrrrrrrrrr+uxu  POST /api/v1/tokens
        ++ssss++rrrrrrrnuxu  DELETE /api/v1/tokens/{id}
        nnssssnnrrrrrrrnuxu  POST /api/v1/outbox/dead-letters/{id}/redelivery
        +++s+ss+++++++++uxu  POST /mcp

        """;

    private int _number;

    /// <summary>In the order of the columns.</summary>
    public static IReadOnlyList<string> Identities { get; } =
    [
        "persona", "signed in", "token gate", "token read", "token default", "token decide", "token admin", "token all",
        "app", "app without idtyp", "agent identity", "agent user", "on behalf (act)", "agent's token", "agent persona", "stranger tenant", "inactive person", "cross-site",
        "nobody",
    ];

    /// <summary>The rows that there must be: routes that change something, as the API describes them.</summary>
    public static IEnumerable<string> Routes => ApiRoutes.All.Append(ApiRoutes.Mcp).Where(route => route.Method != "GET").Select(route => $"{route.Method} {route.Pattern}");

    private Dictionary<string, Func<Task<(string Path, string? Body)>>> Rows => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/gate"] = () => Of("gate", Gate()),
        ["POST /api/v1/gate/{requestId}/execution"] = async () => Claim(await ApprovedAsync()),
        ["POST /api/v1/gate/{requestId}/execution/{executionId}/result"] = async () => ($"gate/{await ClaimedAsync()}/result", """{"outcome":"succeeded"}"""),
        ["POST /api/v1/requests"] = () => Of("requests", Direct()),
        ["POST /api/v1/requests/{id}/submission"] = async () => ($"requests/{await MadeAsync("hana", "requests", Direct(submit: false), "id")}/submission", null),
        ["POST /api/v1/requests/{id}/decisions"] = async () => ($"requests/{await PendingAsync("otto")}/decisions", """{"decision":"approve"}"""),
        ["POST /api/v1/requests/{id}/withdrawal"] = async () => ($"requests/{await PendingAsync("hana")}/withdrawal", null),
        ["POST /api/v1/requests/{id}/comments"] = async () => ($"requests/{await PendingAsync("hana")}/comments", """{"comment":"soon"}"""),
        ["POST /api/v1/requests/{id}/assignments"] = async () => ($"requests/{await PendingAsync("otto")}/assignments", """{"kind":"add","to":"lena"}"""),
        ["POST /api/v1/requests/{id}/resubmission"] = async () => ($"requests/{await DecidedAsync("hana", "otto", "requestChanges")}/resubmission", """{"payload":{"a":1}}"""),
        ["POST /api/v1/requests/{id}/override"] = async () => ($"requests/{await DecidedAsync("otto", "hana", "reject")}/override", """{"reason":"agreed"}"""),
        ["POST /api/v1/inbox/decisions"] = async () => ("inbox/decisions", $$"""{"items":[{"requestId":"{{await PendingAsync("otto")}}","decision":"approve"}]}"""),
        ["POST /api/v1/policies"] = () => Of("policies", Policy($"new.{++_number}")),
        ["POST /api/v1/policies/simulation"] = () => Of("policies/simulation", """{"key":"do.it","input":{"actionType":"do.it","payload":{}}}"""),
        ["POST /api/v1/policies/{key}/versions/{version}/publication"] = async () => ($"policies/{await DraftAsync()}/versions/1/publication", null),
        ["POST /api/v1/policies/{key}/versions/{version}/retirement"] = () => Of("policies/spare/versions/1/retirement", null),
        ["POST /api/v1/delegations"] = () => Of("delegations", Delegation()),
        ["DELETE /api/v1/delegations/{id}"] = async () => ($"delegations/{await MadeAsync("hana", "delegations", Delegation(), "id")}", null),
        ["POST /api/v1/copilot/tools/{name}"] = () => Of("copilot/tools/request_approval", Gate()),
        ["PUT /api/v1/directory/people/{id}"] = () => Of($"directory/people/p{++_number}", """{"name":"New"}"""),
        ["DELETE /api/v1/directory/people/{id}"] = async () => ($"directory/people/{await PersonAsync()}", null),
        ["POST /api/v1/tokens"] = () => Of("tokens", """{"person":"hana","scopes":["decide"]}"""),
        ["DELETE /api/v1/tokens/{id}"] = async () => ($"tokens/{await MadeAsync("hana", "tokens", """{"person":"hana"}""", "id")}", null),
        // There is none: who may is told so.
        ["POST /api/v1/outbox/dead-letters/{id}/redelivery"] = () => Of("outbox/dead-letters/none/redelivery", null),
        ["POST /mcp"] = () => Task.FromResult<(string, string?)>(
            ("/mcp", $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"request_approval","arguments":{{Gate()}} } }""")),
    };

    /// <summary>Writes <c>directory.json</c> and <c>policies/</c>.</summary>
    public static void Write(string home)
    {
        var policies = System.IO.Directory.CreateDirectory(Path.Combine(home, "policies")).FullName;
        File.WriteAllText(Path.Combine(home, "directory.json"), $$"""
            { "tenants": [
              { "id": "acme", "people": [
                { "id": "hana", "name": "Hana", {{Roles}} }, { "id": "otto", "name": "Otto", {{Roles}} }, { "id": "lena", "name": "Lena" }, { "id": "paul", "name": "Paul", "roles": ["policy-admin"] },
                { "id": "ina", "name": "Ina", "active": false, {{Roles}} },
                { "id": "rex", "name": "Rex", "kind": "agent", {{Roles}} } ] },
              { "id": "globex", "people": [ { "id": "hana", "name": "Another Hana", {{Roles}} }, { "id": "otto", "name": "Another Otto", {{Roles}} }, { "id": "lena", "name": "Another Lena" } ] } ] }
            """);
        foreach (var key in (string[])["do.it", "spare"])
        {
            File.WriteAllText(Path.Combine(policies, $"{key}.json"), Policy(key, $"\"tenant\": \"{Tenant}\","));
        }
    }

    /// <summary>The answer of every cell, as in <see cref="Expected"/>.</summary>
    public async Task<string> TableAsync()
    {
        var rows = Rows;
        var credentials = await CredentialsAsync();
        var table = new StringBuilder();
        foreach (var route in Routes)
        {
            (string Path, string? Body)? target = null;
            foreach (var identity in Identities)
            {
                // A route without a row here is one of which nobody has said who may.
                target ??= await rows[route]();
                var letter = await AskAsync(route.Split(' ')[0], target.Value.Path, target.Value.Body, credentials[identity]);
                table.Append(letter);
                // What was done is done: the next one needs another.
                target = letter == '+' ? null : target;
            }
            table.Append("  ").Append(route).Append('\n');
        }
        return table.ToString();
    }

    private static string Gate() => """{"actionType":"do.it","subject":{"type":"thing","id":"NUMBER"},"payload":{}}""";

    private static string Direct(bool submit = true) =>
        $$"""{"requestType":"action","title":"T","payload":{},"subject":{"type":"t","id":"1"},"levels":[{"name":"L","approvers":["user:otto"]}],"submit":{{(submit ? "true" : "false")}}}""";

    private static string Delegation() => $$"""{"delegate":"lena","actionTypes":["else.NUMBER"],"until":"{{Until}}"}""";

    private static string Policy(string key, string more = "") =>
        $$"""{ {{more}} "key": "{{key}}", "name": "P", "actionTypes": ["{{key}}"], "levels": [ { "name": "L", "approvers": ["user:hana", "user:otto"], "strategy": "any" } ] }""";

    private static (string Path, string? Body) Claim((string Id, string Grant) approved) =>
        ($"gate/{approved.Id}/execution", $$"""{ "grant": "{{approved.Grant}}", "payload": {} }""");

    private static Task<(string, string?)> Of(string path, string? body) => Task.FromResult((path, body));

    private static char Letter(string code) => code switch
    {
        "SIGN_IN_REQUIRED" => 'u',
        "CROSS_SITE" => 'x',
        "TOKEN_SCOPE_MISSING" => 's',
        "APPROVAL_AGENT_FORBIDDEN" => 'a',
        "APPROVAL_NOT_AUTHORIZED" => 'r',
        "APPROVAL_NOT_FOUND" => 'n',
        "APPROVAL_SELF_APPROVAL" => 'o',
        _ => '?',
    };

    private static (string, string)[] Principal(params (string Type, string Value)[] claims) =>
        [("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new
        {
            claims = claims.Prepend(("tid", Tenant)).Concat(from role in (string[])["approver", "admin", "approvals.override"] select ("roles", role))
                .Select(claim => new { typ = claim.Item1, val = claim.Item2 }),
        })))];

    private static (string, string)[] Bearer(string credential) => [("Authorization", $"Bearer {credential}")];

    private async Task<Dictionary<string, (string Name, string Value)[]>> CredentialsAsync()
    {
        (string, string)[] hana = [("oid", "hana"), ("preferred_username", "hana@acme.test"), ("scp", "user_impersonation")];
        return new(StringComparer.Ordinal)
        {
            ["persona"] = Bearer("dev.acme.hana"),
            ["signed in"] = Principal(hana),
            ["token gate"] = Bearer(await makeToken("hana", Scopes.Gate)),
            ["token read"] = Bearer(await makeToken("hana", Scopes.Read)),
            ["token default"] = Bearer(await makeToken("hana", Scopes.Default)),
            ["token decide"] = Bearer(await makeToken("hana", Scopes.Decide)),
            ["token admin"] = Bearer(await makeToken("hana", Scopes.Admin)),
            ["token all"] = Bearer(await makeToken("hana", Scopes.All)),
            ["app"] = Principal(("idtyp", "app"), ("oid", "sp-1"), ("azp", "app-1")),
            ["app without idtyp"] = Principal(("oid", "sp-1"), ("appid", "app-1")),
            ["agent identity"] = Principal([.. hana, ("azp", "agent-1"), ("xms_act_fct", "11")]),
            ["agent user"] = Principal(("oid", "au-1"), ("preferred_username", "agent@acme.test"), ("scp", "x"), ("azp", "agent-1"), ("xms_sub_fct", "13")),
            ["on behalf (act)"] = Principal([.. hana, ("act", """{"sub":"agent-2"}""")]),
            ["agent's token"] = Bearer(await makeToken("rex", Scopes.All)),
            ["agent persona"] = Bearer("dev.acme.rex"),
            ["stranger tenant"] = Bearer("dev.globex.hana"),
            ["inactive person"] = Bearer("dev.acme.ina"),
            ["cross-site"] = [.. Principal(hana), ("Sec-Fetch-Site", "cross-site")],
            ["nobody"] = [],
        };
    }

    private async Task<char> AskAsync(string method, string path, string? body, (string Name, string Value)[] headers)
    {
        var (status, text) = await SendAsync(method, path, body, headers);
        if (status is >= 200 and < 300 && path is not ("inbox/decisions" or "/mcp"))
        {
            return '+';
        }
        // Items and tools have their refusals within an answer that is none itself.
        var problem = Code().Match(text);
        return problem.Success ? Letter(problem.Groups[1].Value) : status is >= 200 and < 300 ? '+' : '?';
    }

    private async Task<(int Status, string Text)> SendAsync(string method, string path, string? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path[0] == '/' ? path : $"/api/v1/{path}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        request.Content = body is null ? null : new StringContent(body.Replace("NUMBER", $"{++_number}", StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var answer = await send(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> MakeAsync(string person, string path, string? body)
    {
        var (status, text) = await SendAsync("POST", path, body, Bearer($"dev.{Tenant}.{person}"));
        return status is >= 200 and < 300 ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {status} {text}");
    }

    private async Task<string> MadeAsync(string person, string path, string? body, string member) => (string)(await MakeAsync(person, path, body))[member]!;

    private Task<string> PendingAsync(string person) => MadeAsync(person, "gate", Gate(), "requestId");

    private async Task<string> DecidedAsync(string requester, string approver, string decision)
    {
        var id = await PendingAsync(requester);
        await MakeAsync(approver, $"requests/{id}/decisions", $$"""{"decision":"{{decision}}","comment":"because"}""");
        return id;
    }

    private async Task<(string Id, string Grant)> ApprovedAsync()
    {
        var id = await DecidedAsync("hana", "otto", "approve");
        var (_, text) = await SendAsync("GET", $"gate/{id}", null, Bearer($"dev.{Tenant}.hana"));
        return (id, (string)JsonNode.Parse(text)!["grant"]!["token"]!);
    }

    private async Task<string> ClaimedAsync()
    {
        var (id, grant) = await ApprovedAsync();
        var (path, body) = Claim((id, grant));
        return $"{id}/execution/{await MadeAsync("hana", path, body, "executionId")}";
    }

    private async Task<string> DraftAsync()
    {
        var key = $"draft.{++_number}";
        await MakeAsync("hana", "policies", Policy(key));
        return key;
    }

    private async Task<string> PersonAsync()
    {
        var id = $"p{++_number}";
        await SendAsync("PUT", $"directory/people/{id}", """{"name":"Leaving"}""", Bearer($"dev.{Tenant}.otto"));
        return id;
    }

    [GeneratedRegex("""\\?"code\\?":\\?"([A-Z_]+)""")]
    private static partial Regex Code();
}
