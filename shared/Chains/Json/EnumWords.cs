using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Approvals.Chains.Json;

/// <summary>Words of an enumeration, as its contract in <see cref="ChainJson"/> writes them, encoded once.</summary>
/// <typeparam name="T">Numbered from 0 without gaps.</typeparam>
internal static class EnumWords<T>
    where T : struct, Enum
{
    private static readonly JsonEncodedText[] Words =
        [.. Enum.GetValues<T>().Select(value => JsonEncodedText.Encode(JsonSerializer.SerializeToElement(value, ChainJson.Of<T>()).GetString()!))];

    public static JsonEncodedText Of(T value) => Words[Unsafe.BitCast<T, int>(value)];
}
