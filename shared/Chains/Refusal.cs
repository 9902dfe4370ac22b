using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Values;

namespace Approvals.Chains;

/// <summary>An expected "no", with a stable code. It changes nothing, and is audited unless it names fields.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">For people; no personal data, no secrets.</param>
public sealed record Refusal(string Code, string Detail)
{
    /// <summary>What a caller needs in order to try again; further members of the problem answer.</summary>
    public ImmutableArray<RefusalMember> Members { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What was sent wrong, by its pointer in the body of the API's call. Such a command is refused before it is stored.</summary>
    [JsonIgnore]
    public ImmutableArray<FieldFault> Fields { get; init => field = value.OrEmpty(); } = [];

    /// <summary>A refusal of what was sent, which says all that is wrong with it.</summary>
    public static Refusal Of(ImmutableArray<FieldFault> fields) =>
        new(RefusalCode.ValidationFailed, string.Join(' ', fields.Select(Sentence))) { Fields = fields };

    private static string Sentence(FieldFault fault) =>
        Phrase.With(Texts.FieldSentence, Readable.Label(fault.Pointer.TrimStart('/').Replace('/', ' ')), fault.Message);
}

/// <param name="Name">In camelCase.</param>
public readonly record struct RefusalMember(string Name, string Value);
