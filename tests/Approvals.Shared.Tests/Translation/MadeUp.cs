using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;

namespace Approvals.Shared.Tests.Translation;

/// <summary>A made-up language, whose texts have no Latin letter: every Latin word in what is told was written in code or comes from people.</summary>
internal sealed partial class MadeUp : ResourceManager
{
    /// <summary>In which numbers and weekdays are written.</summary>
    public static readonly CultureInfo Numbers = CultureInfo.GetCultureInfo("el");

    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("eo");
    private static readonly AsyncLocal<ConcurrentDictionary<string, bool>?> Asked = new();

    private MadeUp()
        : base("Approvals.Texts", typeof(Texts).Assembly)
    {
    }

    /// <summary>What is told in the language, and the names of the texts that it took.</summary>
    public static async Task<(T Told, ICollection<string> Names)> SpeakAsync<T>(Func<Task<T>> tell)
    {
        // What a satellite assembly would bring, for one culture only: tests beside this one read English.
        typeof(Texts).GetField("resourceMan", BindingFlags.Static | BindingFlags.NonPublic)!.SetValue(null, new MadeUp());
        CultureInfo.CurrentUICulture = Culture;
        Asked.Value = new ConcurrentDictionary<string, bool>();
        return (await tell(), Asked.Value.Keys);
    }

    /// <summary>The names of all texts.</summary>
    public static IEnumerable<string> AllNames() =>
        new MadeUp().GetResourceSet(CultureInfo.InvariantCulture, true, false)!.Cast<System.Collections.DictionaryEntry>().Select(text => (string)text.Key);

    public override string? GetString(string name, CultureInfo? culture)
    {
        var text = base.GetString(name, CultureInfo.InvariantCulture);
        if (text is null || (culture ?? CultureInfo.CurrentUICulture).Name != Culture.Name)
        {
            return text;
        }
        Asked.Value?.TryAdd(name, true);
        return name == nameof(Texts.NumberCulture) ? Numbers.Name : Letter().Replace(text, "ж");
    }

    /// <summary>Not in places for values, such as {0} and {payload.amount}; with the apostrophe of a word, which would look like a quote.</summary>
    [GeneratedRegex(@"[A-Za-z](?![^{}\s]*\})|(?<=[A-Za-z])'(?=[A-Za-z])")]
    private static partial Regex Letter();
}
