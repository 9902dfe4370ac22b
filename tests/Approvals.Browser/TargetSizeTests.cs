using System.Text.Json;

namespace Approvals.Browser;

/// <summary>
/// WCAG 2.2, 2.5.8: whatever is pressed is at least 24 by 24 CSS pixels on every page, with everything opened that opens. Links within a sentence are
/// excepted. Stricter than the criterion: space around a small target does not count.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class TargetSizeTests(Chromium chromium)
{
    private const string Open = """
        () => {
          document.querySelectorAll('details').forEach(one => one.open = true);
          document.querySelectorAll('dialog').forEach(one => one.show());
          document.querySelectorAll('[popover]').forEach(one => getComputedStyle(one).display === 'none' && one.showPopover());
          document.querySelectorAll('.bulk').forEach(one => one.classList.add('some'));
        }
        """;

    private const string Small = """
        () => {
          const inSentence = link => {
            let block = link;
            while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
            const links = [...block.querySelectorAll('a, button, .count, .badge')].map(one => one.textContent).join('');
            return block !== link && block.textContent.replace(/\s/g, '').length > links.replace(/\s/g, '').length;
          };
          return JSON.stringify([...document.querySelectorAll('a[href], button:not([aria-hidden]), input:not([type=hidden]), select, textarea, summary')]
            .filter(one => one.checkVisibility({ visibilityProperty: true }) && !(one.localName === 'a' && getComputedStyle(one).display === 'inline' && inSentence(one)))
            .map(one => [one, one.getBoundingClientRect()])
            .filter(([, box]) => Math.min(box.width, box.height) < 23.99)
            .map(([one, box]) => `${box.width.toFixed(1)} x ${box.height.toFixed(1)}: ${one.outerHTML.slice(0, 140)}`));
        }
        """;

    [Theory]
    [MemberData(nameof(AllPages.ByPerson), MemberType = typeof(AllPages))]
    public async Task Every_target_is_large_enough(string person, string path)
    {
        path = await AllPages.FillAsync(chromium.Service, path);
        foreach (var width in new[] { 1280, 360 })
        {
            var options = new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 800 } };
            await using var visitor = person.Length == 0
                ? await Visitor.ArriveAsync(chromium, options)
                : await Visitor.SignInAsync(chromium, person, options);
            await visitor.GoAsync(path);
            await visitor.Page.EvaluateAsync(Open);

            var small = JsonSerializer.Deserialize<string[]>(await visitor.Page.EvaluateAsync<string>(Small))!;
            Assert.True(small.Length == 0, $"{path} at {width} px:\n{string.Join('\n', small)}");
        }
    }
}
