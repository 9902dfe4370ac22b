namespace Approvals.Standalone.Tests.Api;

/// <summary>An agent asks and executes; it decides nothing, and nothing that would let it decide as somebody else, whatever roles it was given.</summary>
public sealed class AgentTests(AgentTests.Running running) : IClassFixture<AgentTests.Running>
{
    [Theory]
    [InlineData("/tokens", """{"person":"mo"}""")]
    [InlineData("/policies", """{"key":"a.b","name":"A","actionTypes":["a.b"],"levels":[{"name":"L","approvers":["user:mo"]}]}""")]
    [InlineData("/policies/bill.post/versions/1/retirement", "{}")]
    public async Task With_every_role_it_administers_nothing(string path, string body) =>
        (await running.Service.As("rex").PostAsync(path, body)).Expect(403);

    [Fact]
    public async Task With_every_role_it_changes_no_people() =>
        (await running.Service.As("rex").PutAsync("/directory/people/rex", """{"kind":"human","name":"Rex","roles":["approver"]}""")).Expect(403);

    [Theory]
    [InlineData("bill.post ")]
    [InlineData("bill..post")]
    [InlineData(".bill.post")]
    [InlineData("bill.post\u200b")]
    [InlineData("*")]
    [InlineData("../bill.post")]
    public async Task A_name_that_no_policy_could_have_does_not_pass_the_gate(string actionType)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { actionType, subject = new { type = "bill", id = "1" }, payload = new { amount = 500 } });
        (await running.Service.As("bot").PostAsync("/gate", body)).Expect(400, "VALIDATION_FAILED");
    }

    public sealed class Running : IAsyncLifetime
    {
        internal Service Service { get; private set; } = null!;

        public async Task InitializeAsync() => Service = await Service.StartAsync();

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
