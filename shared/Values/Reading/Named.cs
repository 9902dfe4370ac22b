namespace Approvals.Values.Reading;

/// <summary>What a message is about: a member, or a part of the document that has a name of its own. Only put into words once something is wrong.</summary>
internal readonly struct Named
{
    private readonly string? _member;
    private readonly Func<string>? _noun;

    private Named(string? member, Func<string>? noun) => (_member, _noun) = (member, noun);

    public static Named Member(string member) => new(member, null);

    /// <param name="noun">Looks the text up.</param>
    public static Named Part(Func<string> noun) => new(null, noun);

    public override string ToString() => _noun is null ? $"'{_member}'" : _noun();
}
