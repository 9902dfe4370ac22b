using Approvals.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Rendering;

/// <summary>Renders components as responses do.</summary>
internal static class Markup
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();

    public static Task<string> Of<TComponent>(object model, PageContext? context = null)
        where TComponent : IComponent => Html.RenderAsync(typeof(TComponent), model, context ?? Samples.Page(), Services);
}
