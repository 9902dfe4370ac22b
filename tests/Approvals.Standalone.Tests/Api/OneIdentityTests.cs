using System.Text;
using System.Text.Json;

namespace Approvals.Standalone.Tests.Api;

/// <summary>One human is one person, by keys that are never given to another; names that people type are none.</summary>
public sealed class OneIdentityTests
{
    private const string Directory = """
        { "tenants": [ { "id": "acme", LINK "people": [
          { "id": "rita", "name": "Rita", "email": "rita@acme.test", "subjects": ["acme/oid-rita", "https://id.test#s-rita"] },
          { "id": "bo", "name": "Bo", "email": "Bo@acme.test", "roles": ["approver"] },
          { "id": "adm", "name": "Adm", "roles": ["admin", "auditor"] } MORE ] } ] }
        """;

    private const string Second = """
        , { "id": "ada", "name": "Ada", "roles": ["admin"] }, { "id": "ben", "name": "Ben", "roles": ["approver"] }
        """;

    [Fact]
    public async Task A_principal_is_the_person_whose_subjects_or_id_it_has_and_otherwise_its_own()
    {
        await using var home = await StartAsync("");
        Assert.Equal("rita", await home.WhoAsync(("oid", "oid-rita"), ("upn", "x")));
        Assert.Equal("rita", await home.WhoAsync(("sub", "s-rita"), ("iss", "https://id.test"), ("upn", "x")));
        Assert.Equal("s-rita", await home.WhoAsync(("sub", "s-rita"), ("iss", "https://other.test"), ("upn", "x")));
        Assert.Equal("bo", await home.WhoAsync(("oid", "bo"), ("upn", "x")));
        Assert.Equal("bo", await home.WhoAsync(("sub", "bo"), ("upn", "x")));
        // The same human by the other of two names is nobody else's person.
        Assert.Equal("oid-2", await home.WhoAsync(("oid", "oid-2"), ("preferred_username", "bo@acme.test")));
        Assert.Equal("oid-2", await home.WhoAsync(("oid", "oid-2"), ("preferred_username", "rita@acme.test")));
        Assert.Null(await home.WhoAsync(("preferred_username", "bo@acme.test")));
    }

    [Fact]
    public async Task Claims_in_another_form_tell_an_agent_all_the_same()
    {
        await using var home = await StartAsync("");
        foreach (var (type, value) in new (string, object?)[]
        {
            ("act", new { sub = "app" }), ("act", Array.Empty<string>()), ("act", null), ("act", ""), ("ACT", new { }), ("idtyp", new[] { "app" }), ("idtyp", new[] { "user", "app" }),
            ("idtyp", "device"),
            ("xms_act_fct", 11), ("xms_act_fct", new[] { 9, 11 }), ("xms_sub_fct", "[13]"), ("xms_sub_fct", "[\"9\",\"13\"]"),
        })
        {
            Assert.Equal((type, value, "app"), (type, value, await home.WhoAsync(("oid", "oid-x"), ("azp", "app"), ("upn", "x"), (type, value))));
        }
        Assert.Null(await home.WhoAsync(("oid", new[] { "oid-rita", "bo" }), ("upn", "x")));
        Assert.Equal("rita", await home.WhoAsync(("oid", "oid-rita"), ("azp", "app"), ("upn", "x"), ("idtyp", "user"), ("roles", Array.Empty<string>())));
    }

    [Fact]
    public async Task The_first_sign_in_binds_a_user_name_for_good_where_the_tenant_wants_it()
    {
        await using var home = await StartAsync("\"linkBy\": \"username\",");
        Assert.Equal("bo", await home.WhoAsync(("oid", "oid-bo"), ("preferred_username", "bo@acme.test")));
        Assert.Equal("bo", await home.WhoAsync(("oid", "oid-bo"), ("preferred_username", "bobby@acme.test")));
        // Whoever has the name next is somebody else; and nobody binds who has keys already.
        Assert.Equal("oid-3", await home.WhoAsync(("oid", "oid-3"), ("preferred_username", "bo@acme.test")));
        Assert.Equal("oid-4", await home.WhoAsync(("oid", "oid-4"), ("preferred_username", "rita@acme.test")));
        // An agent binds nobody.
        Assert.Equal("app", await home.WhoAsync(("oid", "oid-5"), ("azp", "app"), ("idtyp", "app"), ("preferred_username", "adm")));

        var entry = Assert.Single((await home.As("adm").GetAsync("/audit?action=directory_changed&subject=person:bo")).Expect(200).Items);
        Assert.Equal(("bo", "linked", "acme/oid-bo"), (
            entry.GetProperty("actor").GetProperty("id").GetString(), entry.GetProperty("details").GetProperty("change").GetString(),
            entry.GetProperty("details").GetProperty("linked").GetString()));

        // Neither an administrator's change nor the next start takes it back.
        (await home.As("adm").PutAsync("/directory/people/bo", new { name = "Bo B.", email = "bo@acme.test" })).Expect(200);
        await home.Service.RestartAsync();
        Assert.Equal("bo", await home.WhoAsync(("oid", "oid-bo"), ("preferred_username", "x")));
    }

    [Fact]
    public async Task Two_first_sign_ins_at_once_bind_one()
    {
        await using var home = await StartAsync("\"linkBy\": \"username\",");
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => home.WhoAsync(("oid", $"o-{i}"), ("preferred_username", "bo@acme.test"))));
        Assert.Single(found, who => who == "bo");
    }

    [Fact]
    public async Task A_key_is_one_persons()
    {
        await using var home = await StartAsync("");
        (await home.As("adm").PutAsync("/directory/people/bo", new { name = "Bo", subjects = new[] { "acme/oid-rita" } })).Expect(409);
        (await home.As("adm").PutAsync("/directory/people/bo", new { name = "Bo", subjects = new[] { "bare" } })).Expect(400);
        (await home.As("adm").PutAsync("/directory/people/bo", new { name = "Bo", subjects = new[] { "acme/oid-bo" } })).Expect(200);
        Assert.Equal("bo", await home.WhoAsync(("oid", "oid-bo"), ("upn", "x")));
    }

    [Theory]
    [InlineData("", """{ "name": "Ben", "roles": ["approver"], "subjects": ["acme/oid-adm"] }""", """{"subjects":["acme/oid-adm"]}""")]
    [InlineData("\"linkBy\": \"username\",", """{ "name": "Ben", "roles": ["approver"], "email": "adm@acme.test" }""", """{"email":"adm@acme.test"}""")]
    public async Task An_administrator_does_not_alone_give_a_decider_a_key_of_their_own(string link, string wanted, string after)
    {
        await using var home = await StartAsync(link, Second);
        var (adm, ada) = (home.As("adm"), home.As("ada"));
        (string, object?)[] own = [("oid", "oid-adm"), ("preferred_username", "adm@acme.test")];
        var pending = (await adm.PutAsync("/directory/people/ben", wanted)).Expect(202);

        Assert.Equal("oid-adm", await home.WhoAsync(own));
        (await Stories.DecideAsync(home.Service, "adm", pending.RequestId, "approve")).Expect(403, "APPROVAL_SELF_APPROVAL");
        Assert.Contains(after[1..^1], (await ada.GetAsync($"/requests/{pending.RequestId}")).Expect(200)["payload"].GetProperty("after").GetRawText(), StringComparison.Ordinal);
        (await Stories.DecideAsync(home.Service, "ada", pending.RequestId, "approve")).Expect(200);

        await Eventually.Async(async () => (await ChangesAsync(adm)).Length == 1);
        Assert.Equal(after, (await ChangesAsync(adm))[0].GetProperty("details").GetProperty("after").GetRawText());
        Assert.Equal("ben", await home.WhoAsync(own));
    }

    [Fact]
    public async Task A_key_that_was_given_meanwhile_is_another_person_than_approvers_saw()
    {
        await using var home = await StartAsync("", Second);
        var (adm, ada) = (home.As("adm"), home.As("ada"));
        var renamed = (await adm.PutAsync("/directory/people/ben", new { name = "Ben", roles = new[] { "approver", "policy-admin" } })).Expect(202).RequestId;
        var keyed = (await ada.PutAsync("/directory/people/ben", new { name = "Ben", roles = new[] { "approver" }, subjects = new[] { "acme/oid-ben" } })).Expect(202).RequestId;
        (await Stories.DecideAsync(home.Service, "adm", keyed, "approve")).Expect(200);
        await Eventually.Async(async () => (await ChangesAsync(adm)).Length == 1);

        (await Stories.DecideAsync(home.Service, "ada", renamed, "approve")).Expect(200);

        await Eventually.Async(async () => (await ChangesAsync(adm)).Any(entry => entry.GetProperty("outcome").GetString() == "failed"));
        Assert.Equal(["approver"], (await adm.GetAsync("/directory/people/ben")).Expect(200)["roles"].EnumerateArray().Select(role => role.GetString()));
    }

    private static async Task<JsonElement[]> ChangesAsync(Person adm) =>
        [.. (await adm.GetAsync("/audit?action=directory_changed&subject=person:ben")).Expect(200).Items];

    private static async Task<Home> StartAsync(string link, string more = "")
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("approvals-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "directory.json"), Directory.Replace("LINK", link, StringComparison.Ordinal).Replace("MORE", more, StringComparison.Ordinal));
        return new Home(folder, await Service.StartAsync(
            ["--Approvals:SignIn=development,proxy", "--Approvals:TrustedProxies=127.0.0.1", $"--Approvals:DirectoryFile={folder}/directory.json",
                $"--Approvals:PoliciesDirectory={System.IO.Directory.CreateDirectory(Path.Combine(folder, "policies")).FullName}"]));
    }

    private sealed class Home(string folder, Service service) : IAsyncDisposable
    {
        private int _number;

        public Service Service => service;

        public Person As(string person) => service.As(person);

        /// <summary>Who the trail says that it was; null: nobody is signed in.</summary>
        public async Task<string?> WhoAsync(params (string Type, object? Value)[] claims)
        {
            var subject = $"{Interlocked.Increment(ref _number)}";
            var principal = JsonSerializer.SerializeToUtf8Bytes(new { claims = claims.Prepend(("tid", (object?)"acme")).Select(claim => new { typ = claim.Item1, val = claim.Item2 }) });
            var body = new StringContent($$"""{"actionType":"free.act","subject":{"type":"t","id":"{{subject}}"},"payload":{} }""", Encoding.UTF8, "application/json");
            var answer = await service.With(null).SendAsync(HttpMethod.Post, "/gate", body, ("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(principal)));
            return answer.Status == 401 ? null
                : (await service.As("adm").GetAsync($"/audit?action=gate_checked&subject=t:{subject}")).Expect(200).Items[0].GetProperty("actor").GetProperty("id").GetString();
        }

        public async ValueTask DisposeAsync()
        {
            await service.DisposeAsync();
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
