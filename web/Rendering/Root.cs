using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Approvals.Web.Rendering;

/// <summary>Renders a component with its model under a cascading <see cref="PageContext"/>.</summary>
internal sealed class Root : ComponentBase
{
    [Parameter, EditorRequired]
    public required Type Component { get; set; }

    [Parameter, EditorRequired]
    public required object Model { get; set; }

    [Parameter, EditorRequired]
    public required PageContext Context { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<PageContext>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<PageContext>.Value), Context);
        builder.AddComponentParameter(2, nameof(CascadingValue<PageContext>.IsFixed), true);
        builder.AddComponentParameter(3, nameof(CascadingValue<PageContext>.ChildContent), (RenderFragment)(inner =>
        {
            inner.OpenComponent(0, Component);
            inner.AddComponentParameter(1, "Model", Model);
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    }
}
