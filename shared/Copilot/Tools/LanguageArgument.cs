using Approvals.Api.Reading;
using Approvals.Copilot.Model;

namespace Approvals.Copilot.Tools;

/// <summary>The argument by which a card's summary is asked for in another language.</summary>
internal static class LanguageArgument
{
    private const string Name = "language";

    /// <summary>Null where it is left out, or wrong.</summary>
    public static string? Read(Fields fields)
    {
        var language = fields.OptionalId(Name, Rewording.MaxLanguageLength);
        if (language is null || Rewording.IsLanguage(language))
        {
            return language;
        }
        fields.Fail(Name, "Must be a language's name or tag, such as German or pt-BR.");
        return null;
    }
}
