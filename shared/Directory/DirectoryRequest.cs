using System.Diagnostics.CodeAnalysis;
using Approvals.Actors;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>What the approvers of a change of a person are shown, and what exactly they approve.</summary>
internal static class DirectoryRequest
{
    public static Subject Subject(Person person) => new(PersonRecord.SubjectType, person.Id);

    public static Value Payload(Person? before, Person after) => Value.Map(
        ("change", Value.From(PersonRecord.Word(before, after))),
        ("person", Value.From(after.Id)),
        ("before", before is null ? Value.Null : PersonRecord.Source(before)),
        ("after", PersonRecord.Source(after)),
        // The same change, asked for again later, is another one.
        ("version", Value.From((long)(before?.Version ?? -1))));

    /// <summary>The person as they are to be, if the one of the directory is still as the approvers saw them.</summary>
    /// <param name="before">As they are now.</param>
    public static bool TryRead(Value payload, Person? before, string id, [NotNullWhen(true)] out Person? after)
    {
        after = null;
        var shown = payload.At("before") ?? Value.Null;
        if (payload.At("after") is not { } wanted || payload.At("version") is not { Kind: ValueKind.Int or ValueKind.Double } version
            || version.AsDouble() != (before?.Version ?? -1) || !shown.Equals(before is null ? Value.Null : PersonRecord.Source(before))
            || !DirectoryReader.TryReadPerson(wanted, out var said, out _))
        {
            return false;
        }
        after = said with { Id = id, ReusedId = before is not null ? before.ReusedId : said.Id == id ? null : said.Id };
        return true;
    }
}
