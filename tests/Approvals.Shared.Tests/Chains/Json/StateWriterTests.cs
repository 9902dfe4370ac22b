using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Approvals.Chains;
using Approvals.Chains.Json;
using Approvals.Chains.State;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Tests.Chains.Json;

/// <summary>What is written by hand is what the contract writes.</summary>
public sealed class StateWriterTests
{
    private static readonly Arbitrary<int> Seeds = Arb.From(Gen.Choose(0, int.MaxValue));

    /// <summary>With whether the contract insists on it.</summary>
    public static TheoryData<string, bool> Members()
    {
        var members = new TheoryData<string, bool>();
        foreach (var member in ContractSample.Members(typeof(RequestState)))
        {
            members.Add(Named(member), member.IsRequired);
        }
        return members;
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_member_is_written_where_it_is_set_and_left_out_where_it_is_not(string name, bool isRequired)
    {
        Same(new ContractSample(member => Named(member) != name, Last).Of<RequestState>());
        var bare = Same(new ContractSample(member => Named(member) != name && IsContainer(member), Last).Of<RequestState>());
        var alone = Same(new ContractSample(member => Named(member) == name || IsContainer(member), Last).Of<RequestState>());
        Assert.True(isRequired || bare != alone, $"{name} has no value that is written.");
    }

    [Fact]
    public void Whatever_is_set_is_written_the_same() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Seeds, seed => { Same(Any(seed)); }));

    [Fact]
    public void Whatever_happens_is_written_the_same()
    {
        HashSet<RequestStatus> seen = [];
        var random = new Random(1);
        for (var stories = 0; stories < 100; stories++)
        {
            var story = RandomStory.Begin(random.Next());
            for (var moves = 0; moves < 30; moves++)
            {
                Same(story.Play(random.Next()).State);
                seen.Add(story.Status);
            }
        }
        // The others are passed through within one transition.
        Assert.Equal(Enum.GetValues<RequestStatus>().Except([RequestStatus.Pending, RequestStatus.Escalated]), seen.Order());
    }

    [Fact]
    public void Writing_allocates_its_result_and_nothing_else()
    {
        const int arrayHeader = 32;
        var state = Any(7);
        var least = Enumerable.Range(0, 20).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var bytes = StateWriter.Write(state);
            return GC.GetAllocatedBytesForCurrentThread() - before - bytes.Length;
        });
        Assert.InRange(least, 0, arrayHeader);
    }

    private static string Same(RequestState state)
    {
        var json = JsonSerializer.Serialize(state, ChainJson.State);
        Assert.Equal(json, Encoding.UTF8.GetString(StateWriter.Write(state)));
        return json;
    }

    private static RequestState Any(int seed)
    {
        var random = new Random(seed);
        return new ContractSample(_ => random.Next(4) > 0, random.Next).Of<RequestState>();
    }

    private static string Named(JsonPropertyInfo member) => $"{member.DeclaringType.Name}.{member.Name}";

    private static bool IsContainer(JsonPropertyInfo member) => ChainJson.Options.GetTypeInfo(member.PropertyType).Kind != JsonTypeInfoKind.None;

    private static int Last(int count) => count - 1;
}
