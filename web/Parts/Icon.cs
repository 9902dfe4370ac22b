using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Approvals.Web.Parts;

/// <summary>A decorative line icon on a 24-unit grid, in the text's colour. Never the only carrier of a meaning.</summary>
public sealed class Icon : ComponentBase
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["inbox"] = "M3 13h5l1.5 3h5L16 13h5M5.5 5h13L21 13v5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-5z",
        ["send"] = "M21 3 10 14M21 3l-7 18-4-7-7-4z",
        ["people"] = "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14.8c2 .8 3.2 2.6 3.5 5.2",
        ["policy"] = "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5",
        ["trail"] = "M4 6h16M4 12h10M4 18h7M17 15a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM19 19.5l2 2",
        ["chart"] = "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
        ["bell"] = "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4",
        ["sliders"] = "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
        ["key"] = "M9 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12.2 11.3 20 3.5M16 7.5l3 3",
        ["blocks"] = "M4 13h7v7H4zM13 13h7v7h-7zM4 4h7v7H4zM16.5 3.5v7M13 7h7",
        ["agent"] = "M6 9h12v9H6zM12 9V5M12 4.5h.01M9.5 13h.01M14.5 13h.01M3.5 12v3M20.5 12v3",
        ["coins"] = "M12 8c3.9 0 7-1.1 7-2.5S15.9 3 12 3 5 4.1 5 5.5 8.1 8 12 8zM5 5.5v13C5 19.9 8.1 21 12 21s7-1.1 7-2.5v-13M5 12c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5",
        ["bolt"] = "M13 3 5 14h6l-1 7 8-11h-6z",
        ["gate"] = "M4 20V6M20 20V6M4 9h16M4 15h16M9 9v6M15 9v6",
        ["check"] = "M5 12.5 10 17.5 19.5 7",
        ["cross"] = "M6 6l12 12M18 6 6 18",
        ["clock"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
        ["up"] = "M12 19V5M6 11l6-6 6 6",
        ["back"] = "M19 12H5M11 6l-6 6 6 6",
        ["comment"] = "M4 5h16v11H10l-4 4v-4H4z",
        ["link"] = "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
        ["shield"] = "M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5",
        ["menu"] = "M4 7h16M4 12h16M4 17h16",
        ["plus"] = "M12 5v14M5 12h14",
        ["download"] = "M12 4v11M7 10.5l5 5 5-5M5 20h14",
        ["person"] = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-3.9 3.4-6 7.5-6s6.9 2.1 7.5 6",
        ["skip"] = "M5 6l7 6-7 6zM18 6v12",
        ["edit"] = "M4 20h4L19 9l-4-4L4 16z",
        ["keyboard"] = "M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M8 14.5h8",
        ["lock"] = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    }.ToFrozenDictionary();

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", "icon");
        builder.AddAttribute(2, "viewBox", "0 0 24 24");
        builder.AddAttribute(3, "aria-hidden", "true");
        builder.AddMarkupContent(4, $"<path d=\"{Paths[Name]}\"/>");
        builder.CloseElement();
    }
}
