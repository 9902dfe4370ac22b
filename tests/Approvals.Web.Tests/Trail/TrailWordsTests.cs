using Approvals.Web.Trail;

namespace Approvals.Web.Tests.Trail;

public sealed class TrailWordsTests
{
    public static TheoryData<string> Words { get; } = [.. TrailWords.All];

    /// <summary>A new word of the trail is not shown as the code that it is.</summary>
    [Theory, MemberData(nameof(Words))]
    public void Action_everyWordOfTheTrail_hasItsSentence(string action) => Assert.NotEqual(Say.Label(action), TrailWords.Action(action));
}
