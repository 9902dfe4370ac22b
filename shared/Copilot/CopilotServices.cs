using Approvals.Copilot.Model;
using Approvals.Copilot.Risks;
using Approvals.Copilot.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Copilot;

/// <summary>Registers the copilot: exactly these tools. None decides.</summary>
internal static class CopilotServices
{
    public static IServiceCollection AddCopilot(this IServiceCollection services)
    {
        services.AddSingleton<RiskReading>();
        services.AddSingleton(provider => new CardWording(provider.GetService<ILanguageModel>()));
        services.AddSingleton(provider => new PolicyDrafter(provider.GetService<ILanguageModel>()));
        services.AddSingleton<ICopilotTool, ExplainRequirement>();
        services.AddSingleton<ICopilotTool, SuggestPolicy>();
        services.AddSingleton<ICopilotTool, SimulatePolicy>();
        services.AddSingleton<ICopilotTool, ScanRisks>();
        services.AddSingleton<ICopilotTool, MonthEndControls>();
        services.AddSingleton<ICopilotTool, SummarizeRequest>();
        services.AddSingleton<ICopilotTool, ListMyInbox>();
        services.AddSingleton<ICopilotTool, RequestApproval>();
        services.AddSingleton<CopilotTools>();
        return services;
    }
}
