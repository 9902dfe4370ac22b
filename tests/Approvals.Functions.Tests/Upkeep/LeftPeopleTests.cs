using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Tenants;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Crash;
using Approvals.Functions.Tests.Tables;
using Approvals.Functions.Upkeep;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Testing;

namespace Approvals.Functions.Tests.Upkeep;

/// <summary>People who vanish from a directory that somebody else keeps.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class LeftPeopleTests(AzuriteFixture azurite) : IAsyncLifetime, IPeopleSource
{
    private readonly ManualTime _time = new();
    private readonly string _prefix = TablesHome.NewPrefix();
    private ImmutableArray<Person> _people = Office.Directory.Single(each => each.Settings.Id == Office.Tenant).People;
    private Worker? _worker;

    private Worker On => _worker!;

    public async Task InitializeAsync()
    {
        _worker = new Worker(azurite, _time, _prefix, people: this);
        await On.Get<ServiceTables>().CreateAsync(default);
        await On.Get<IDirectorySeed>().SeedAsync(Office.Directory, default);
    }

    public async Task DisposeAsync() => await On.DisposeAsync();

    public ValueTask<ImmutableArray<Person>?> ReadAsync(string tenant, CancellationToken cancellation) => new(tenant == Office.Tenant ? _people : null);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_vanished_loses_what_they_had_and_administrators_are_told_once(bool disabled)
    {
        await SaveAsync("d1", "ana", "cleo");
        await On.Engine.StartAsync(Office.Request("r1", Now, levels: [Office.Level("Both", "ana", "eve")]), default);
        Leave(disabled, "ana");

        await EndAsync(NewProcess());
        await EndAsync(NewProcess());

        Assert.NotNull((await On.Get<IDelegationStore>().FindAsync(Office.Tenant, "d1", default))!.EndedAt);
        var told = Assert.Single(await ToldAsync());
        Assert.Equal("ana", told.RequestId);
        var messages = MessagePlan.Of(told, null, (await On.Get<ITenantCatalog>().FindAsync(Office.Tenant, default))!);
        Assert.Equal(["olga"], messages.Select(message => message.Person));
        var entry = AuditFields.Read(Assert.Single(await EntriesAsync()));
        Assert.Equal(("system", "ana", disabled ? "deactivated" : "removed"), (entry.ActorId, entry.SubjectId, entry.Details.At("change")!.Value.AsString()));
    }

    [Fact]
    public async Task Nobody_is_told_of_those_who_had_nothing()
    {
        Leave(disabled: true, "ana");
        await EndAsync(NewProcess());
        Assert.Empty(await ToldAsync());
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task Whoever_came_back_and_leaves_again_is_told_of_again()
    {
        var people = _people;
        var left = NewProcess();
        await SaveAsync("d1", "ana", "cleo");
        Leave(disabled: true, "ana");
        await EndAsync(left);
        _people = people;
        await EndAsync(left);
        await SaveAsync("d2", "ana", "cleo");
        Leave(disabled: true, "ana");
        await EndAsync(left);
        Assert.Equal(2, (await ToldAsync()).Length);
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private LeftPeople NewProcess() => new(On.Get<Departure>(), On.Get<TenantChanges>(), _time, this);

    private void Leave(bool disabled, string id) =>
        _people = [.. _people.Where(person => disabled || person.Id != id).Select(person => person.Id == id ? person with { Inactive = true } : person)];

    private async Task EndAsync(LeftPeople left)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await left.EndAsync((await On.Get<ITenantCatalog>().FindAsync(Office.Tenant, default))!, default);
    }

    private async Task SaveAsync(string id, string from, string to) => await On.Get<IDelegationStore>().SaveAsync(
        Office.Tenant, new Delegation { Id = id, Delegator = from, Delegate = to, From = Now, Until = Now.AddDays(30), CreatedBy = from, CreatedAt = Now }, [], [], default);

    private async Task<OutboxEvent[]> ToldAsync() =>
        [.. (await On.Get<IOutboxStore>().ReadAsync(0, 100, default)).Select(record => record.Event).Where(each => each.Type == EventType.DirectoryChanged)];

    private async Task<List<StoredEntry>> EntriesAsync() => await On.Get<IAuditStore>().ReadAsync(Office.Tenant, 0, default)
        .Where(entry => AuditFields.Read(entry).Action == AuditAction.DirectoryChanged).ToListAsync();
}
