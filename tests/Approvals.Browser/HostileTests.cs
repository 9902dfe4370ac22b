using System.Text.Json.Nodes;

namespace Approvals.Browser;

/// <summary>Requests written to break the page that shows them, and addresses that no page gave.</summary>
[Collection(BrowserTests.Name)]
public sealed class HostileTests(Chromium chromium)
{
    private const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'";

    public static TheoryData<string, string> Payloads => new()
    {
        { "markup", $$"""{"{{Json(Markup)}}":"{{Json(Markup)}}","attachments":[{"name":"{{Json(Markup)}}","url":"javascript:alert(1)"}]}""" },
        { "long words", $$"""{"{{new string('k', 2000)}}":"{{new string('v', 10_000)}}","rows":[{"a":"{{new string('w', 3000)}}"}]}""" },
        { "many items", $$"""{"many":[{{string.Join(',', Enumerable.Range(0, 5000))}}],"rows":[{{string.Join(',', Enumerable.Range(0, 1500).Select(i => $"{{\"row\":{i}}}"))}}]}""" },
        { "deep", string.Concat(Enumerable.Repeat("{\"deeper\":", 60)) + "1" + new string('}', 60) },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task A_payload_stays_text_within_the_page(string name, string payload)
    {
        var id = await StartAsync(name, payload);
        foreach (var width in new[] { 1280, 390 })
        {
            await using var mika = await Visitor.SignInAsync(chromium, "mika", new() { ViewportSize = new() { Width = width, Height = 800 } });
            mika.Page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);
            foreach (var path in new[] { $"/requests/{id}", "/inbox", "/notifications" })
            {
                Assert.Equal(200, (await mika.GoAsync(path)).Status);
                Assert.Equal(0, await mika.Page.EvaluateAsync<int>("() => document.querySelectorAll('main img, main script').length"));
                var overflow = await mika.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                Assert.True(overflow <= 0, $"{path} with {name} scrolls sideways by {overflow} px at {width} px");
            }
        }
    }

    [Fact]
    public async Task A_long_list_is_cut_and_shown_whole_when_asked()
    {
        var id = await StartAsync("whole", $$"""{"many":[{{string.Join(',', Enumerable.Range(0, 250))}}]}""");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");
        await Expect(mika.Page.Locator("section[aria-labelledby=payload-title]")).ToContainTextAsync("and 150 more");

        await mika.Page.GetByRole(AriaRole.Link, new() { Name = "Show everything" }).ClickAsync();

        await Expect(mika.Page.Locator("section[aria-labelledby=payload-title] li").Last).ToHaveTextAsync("249");
    }

    [Fact]
    public async Task Text_that_turns_its_direction_is_marked()
    {
        var id = await StartAsync("turned", """{"note":"Pay \u202E005\u202C EUR"}""", "Bill \u202Egnp.exe");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");

        await mika.GoAsync($"/requests/{id}");

        await Expect(mika.Page.Locator("h1")).ToHaveTextAsync("Bill \uFFFDgnp.exe");
        await Expect(mika.Page.Locator("section[aria-labelledby=payload-title]")).ToContainTextAsync("Pay \uFFFD005\uFFFD EUR");
    }

    [Theory]
    [InlineData("/inbox?cursor=zz", 400)]
    [InlineData("/requests?cursor=%00", 400)]
    [InlineData("/audit?cursor=!!", 400)]
    [InlineData("/audit?from=0001-01-01&to=9999-12-31T23:59", 200)]
    [InlineData("/delegations?month=9999-12", 200)]
    [InlineData("/reports?month=0001-01&days=-1", 200)]
    [InlineData("/requests/..%2f..", 404)]
    public async Task An_address_that_no_page_gave_has_a_page_that_says_so(string path, int status)
    {
        await using var ada = await Visitor.SignInAsync(chromium, "ada");

        Assert.Equal(status, (await ada.GoAsync(path)).Status);

        await Expect(ada.Page.Locator("h1")).ToBeVisibleAsync();
    }

    private async Task<string> StartAsync(string name, string payload, string? title = null)
    {
        var body = JsonNode.Parse(payload, documentOptions: new() { MaxDepth = 128 })!.AsObject();
        body["amount"] = 9000;
        body["vendor"] = new JsonObject { ["isNew"] = false };
        var answer = await chromium.Service.PostAsync("rae", "gate", new JsonObject
        {
            ["actionType"] = "purchasing.vendorBill.post",
            ["subject"] = new JsonObject { ["type"] = "bill", ["id"] = $"H {name}" },
            ["title"] = title ?? (name == "long words" ? new string('T', 500) : $"{name} {Markup}"),
            ["description"] = Markup,
            ["payload"] = body,
        });
        return answer["requestId"]!.GetValue<string>();
    }

    private static string Json(string text) => System.Text.Json.JsonEncodedText.Encode(text).ToString();
}
