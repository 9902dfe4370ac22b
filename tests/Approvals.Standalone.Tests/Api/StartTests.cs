using System.Diagnostics;
using Approvals.Hosting;
using Approvals.Standalone.Hosting;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Starting, as somebody at a terminal sees it.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _home = System.IO.Directory.CreateTempSubdirectory("approvals-").FullName;

    public StartTests() => World.Write(_home);

    public void Dispose() => System.IO.Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Policy_files_are_published_where_new_or_changed()
    {
        await using var service = await Service.StartAsync();
        var path = Path.Combine(service.Home, "policies", "bill.json");
        await service.RestartAsync();
        Assert.Equal(1, (await service.As("pol").GetAsync("/policies/bill.post")).Expect(200)["version"].GetInt32());
        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text.Replace("payload.amount > 100", "payload.amount > 200", StringComparison.Ordinal));
        await service.RestartAsync();
        var changed = (await service.As("pol").GetAsync("/policies/bill.post")).Expect(200);
        Assert.Equal((2, "active"), (changed["version"].GetInt32(), changed["status"].GetString()));
        Assert.Equal("retired", (await service.As("pol").GetAsync("/policies/bill.post/versions/1")).Expect(200)["status"].GetString());
        await File.WriteAllTextAsync(path, text);
        await service.RestartAsync();
        Assert.Equal(3, (await service.As("pol").GetAsync("/policies/bill.post")).Expect(200)["version"].GetInt32());
    }

    [Fact]
    public async Task The_directory_file_is_applied_where_it_changed_and_never_over_later_edits()
    {
        await using var service = await Service.StartAsync();
        var path = Path.Combine(service.Home, "directory.json");
        var admin = service.As("adm");
        (await admin.PutAsync("/directory/people/rob", new { name = "Robert", roles = new[] { "requester" }, manager = "mo" })).Expect(200);
        (await admin.DeleteAsync("/directory/people/ove")).Expect(204);
        await service.RestartAsync();
        Assert.Equal("Robert", await NameAsync(service, "rob"));
        Assert.Null(await NameAsync(service, "ove"));

        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text.Replace("\"Mia\"", "\"Maria\"", StringComparison.Ordinal));
        await service.RestartAsync();
        Assert.Equal(("Robert", "Maria"), (await NameAsync(service, "rob"), await NameAsync(service, "mia")));
        var entry = Assert.Single((await service.As("aud").GetAsync("/audit?action=directory_changed&subject=person:mia")).Expect(200).Items);
        Assert.Equal("system", entry.GetProperty("actor").GetProperty("type").GetString());

        await File.WriteAllTextAsync(path, text.Replace("\"Rob\"", "\"Bob\"", StringComparison.Ordinal).Replace("\"Ove\"", "\"Ova\"", StringComparison.Ordinal));
        await service.RestartAsync();
        Assert.Equal(("Bob", "Mia", "Ova"), (await NameAsync(service, "rob"), await NameAsync(service, "mia"), await NameAsync(service, "ove")));
    }

    [Fact]
    public async Task A_bad_policy_file_refuses_the_start_and_says_where()
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "policies", "bad.json"), """{ "tenant": "acme", "key": "bad", "name": "Bad", "actionTypes": ["bad"], "when": "payload.x >", "levels": [] }""");
        await File.WriteAllTextAsync(Path.Combine(_home, "policies", "nobody.json"), """{ "tenant": "nowhere", "key": "x" }""");
        var fault = await Assert.ThrowsAsync<SettingsException>(() => StandaloneHost.BuildAsync(Args()));
        Assert.Contains("bad.json: /when(1,", fault.Message, StringComparison.Ordinal);
        Assert.Contains("bad.json: /levels", fault.Message, StringComparison.Ordinal);
        Assert.Contains("nobody.json: /tenant", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_file_that_cannot_be_read_refuses_the_start_and_says_which()
    {
        File.CreateSymbolicLink(Path.Combine(_home, "policies", "gone.json"), Path.Combine(_home, "nowhere"));
        var fault = await Assert.ThrowsAsync<SettingsException>(() => StandaloneHost.BuildAsync(Args()));
        Assert.Contains("gone.json", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "directory.json(1,")]
    [InlineData("{\"tenants\":[{\"id\":\"a\",\"people\":[{\"id\":1}]}]}", "/tenants/0/people/0/id")]
    public async Task A_bad_directory_file_refuses_the_start_and_says_where(string text, string place)
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "directory.json"), text);
        var fault = await Assert.ThrowsAsync<SettingsException>(() => StandaloneHost.BuildAsync(Args()));
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Approvals:RateLimt=5", "Did you mean 'Approvals:RateLimit'?")]
    [InlineData("--Approvals:Nonsense=1", "Approvals:Nonsense")]
    [InlineData("--Approvals__RateLimit=5", "Write --Approvals:RateLimit on the command line")]
    [InlineData("Approvals__OpenAI__Key=x", "--Approvals:OpenAI:Key")]
    [InlineData("--Approvals:PublicUrl=https://intra.example/apps/approvals", "without a path")]
    [InlineData("--Approvals:PublicUrl=https://intra.example/?x=1", "a query")]
    [InlineData("--Approvals:OpenAI:Deploymnt=x", "Did you mean 'Approvals:OpenAI:Deployment'?")]
    public async Task A_setting_without_effect_refuses_the_start(string setting, string said)
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() => StandaloneHost.BuildAsync([.. Args(), setting]));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Webhooks", """[{"tenant":"acne","url":"http://127.0.0.1:9/","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}]""", "Did you mean 'acme'?")]
    [InlineData("Webhooks", """[{"tenant":"acme","url":"http://127.0.0.1:9/","secret":"whsec_"}]""", "Approvals:Webhooks")]
    [InlineData("Webhooks", """[{"tenant":"acme","url":"http://127.0.0.1:9/","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","types":["approvals.*"]}]""", "Did you mean 'approval.*'?")]
    [InlineData("Teams", """[{"tenant":"globx","url":"http://127.0.0.1:9/"}]""", "Did you mean 'globex'?")]
    [InlineData("Types", """[{"type":"room","sideEffect":{"url":"http://127.0.0.1:9/","secret":"whsec_AA=="}}]""", "24 to 64 bytes")]
    public async Task A_file_that_would_deliver_nothing_refuses_the_start(string setting, string text, string said)
    {
        var file = Path.Combine(_home, "file.json");
        await File.WriteAllTextAsync(file, text);
        var fault = await Assert.ThrowsAsync<SettingsException>(() => StandaloneHost.BuildAsync([.. Args(), $"--Approvals:{setting}={file}"]));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_line_says_where_it_listens_and_a_signal_ends_it()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(StandaloneHost).Assembly.Location, .. Args()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Matches("^Listening on http://127\\.0\\.0\\.1:[0-9]+$", line);
        using (var http = new HttpClient { BaseAddress = new Uri(line!["Listening on ".Length..]) })
        {
            Assert.Equal(200, (int)(await http.GetAsync("/healthz")).StatusCode);
            Assert.Equal(404, (int)(await http.GetAsync("/api/v1/nothing")).StatusCode);
        }
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        var warned = Assert.Single((await process.StandardError.ReadToEndAsync()).TrimEnd().Split('\n'));
        Assert.Contains("No policy is in effect in tenant 'globex': the gate allows every action.", warned, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_differ_about_one_policy_refuse_the_start_and_are_named()
    {
        var bill = await File.ReadAllTextAsync(Path.Combine(_home, "policies", "bill.json"));
        await File.WriteAllTextAsync(Path.Combine(_home, "policies", "copy.json"), bill);
        await (await StandaloneHost.BuildAsync(Args())).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_home, "policies", "copy.json"), bill.Replace("> 100", "> 200", StringComparison.Ordinal));
        var fault = await Assert.ThrowsAsync<SettingsException>(() => StandaloneHost.BuildAsync(Args()));
        Assert.Contains("bill.json, ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("copy.json: each is the policy 'bill.post' of tenant 'acme', and they differ.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("verify")]
    [InlineData("vault read --tenant acme --name x")]
    [InlineData("backup --to nowhere.db")]
    [InlineData("token create --tenant acme --person mo")]
    public async Task A_broken_file_of_settings_is_one_line_with_file_and_place(string verb)
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "appsettings.json"), """{ "Approvals": { "Url": """);
        var (code, said) = await RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. Args()]);
        Assert.Equal(verb is "" or "demo" ? 1 : 2, code);
        Assert.Matches(@"^[^\n]*appsettings\.json' \(1,[0-9]+\): it is no JSON\.$", said);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("token create --tenant acme --person mo", 2)]
    public async Task A_data_directory_that_is_a_file_is_one_line(string verb, int expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "data"), "");
        var (code, said) = await RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. Args()]);
        Assert.Equal(expected, code);
        Assert.Matches(@"^The data directory [^\n]*data can't be used: [^\n]+$", said);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("verify", 2)]
    [InlineData("vault read --tenant acme --name x", 2)]
    [InlineData("backup --to nowhere.db", 1)]
    [InlineData("token create --tenant acme --person mo", 2)]
    public async Task A_database_that_cannot_be_opened_is_one_line(string verb, int expected)
    {
        var data = System.IO.Directory.CreateDirectory(Path.Combine(_home, "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "approvals.db"), new string('x', 8192));
        await File.WriteAllTextAsync(Path.Combine(data, "keys"), "");
        var (code, said) = await RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. Args()]);
        Assert.Equal(expected, code);
        Assert.DoesNotContain('\n', said);
        Assert.DoesNotContain("xception", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_refuses_the_spelling_of_the_environment()
    {
        var (code, said) = await RunAsync(["verify", "--Approvals__DataDirectory=/nowhere"]);
        Assert.Equal(2, code);
        Assert.Contains("--Approvals:DataDirectory", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_needs_the_demo_tenant()
    {
        var (code, said) = await RunAsync(["demo", .. Args()]);
        Assert.Equal(1, code);
        Assert.Matches("^The demo needs the demo tenant: [^\n]+$", said);
    }

    /// <summary>Runs the program in the home until it ends by itself.</summary>
    private async Task<(int Code, string Error)> RunAsync(string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(StandaloneHost).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _home,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, (await error).TrimEnd());
    }

    /// <summary>Null: there is no such person.</summary>
    private static async Task<string?> NameAsync(Service service, string person)
    {
        var answer = await service.As("adm").GetAsync($"/directory/people/{person}");
        return answer.Status == 404 ? null : answer.Expect(200)["name"].GetString();
    }

    private string[] Args() =>
    [
        "--Approvals:SignIn=development", "--Approvals:Url=http://127.0.0.1:0", $"--Approvals:DataDirectory={_home}/data", $"--Approvals:DirectoryFile={_home}/directory.json",
        $"--Approvals:PoliciesDirectory={_home}/policies",
    ];
}
