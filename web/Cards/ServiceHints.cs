namespace Approvals.Web.Cards;

/// <summary>Where the keys of well-known services are made.</summary>
internal static class ServiceHints
{
    public static string Of(string service) => service.ToUpperInvariant() switch
    {
        "ANTHROPIC" => Say.With(Texts.KeyHint, "console.anthropic.com", "sk-ant-"),
        "OPENAI" => Say.With(Texts.KeyHint, "platform.openai.com", "sk-"),
        "OPENROUTER" => Say.With(Texts.KeyHint, "openrouter.ai", "sk-or-"),
        "GITHUB" => Say.With(Texts.KeyHint, "github.com", "github_pat_"),
        "STRIPE" => Say.With(Texts.KeyHint, "dashboard.stripe.com", "rk_"),
        "GOOGLE" or "GEMINI" => Say.With(Texts.KeyHint, "aistudio.google.com", "AIza"),
        _ => Texts.KeyHintUnknown,
    };
}
