using System.Collections.Immutable;
using System.Globalization;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Inbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Testing;

/// <summary>Runs commands of one tenant in memory, through the same transitions as every host; keeps requests, trail and outbox.</summary>
public sealed class MemoryEngine(TimeProvider time, TenantSnapshot tenant) : IRequestEngine, IRequestStore, ITenantCatalog
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, StoredRequest> _requests = [];
    private readonly Dictionary<(string, string), Receipt> _receipts = [];
    private readonly List<StoredEntry> _trail = [];
    private readonly HashSet<(string?, string)> _once = [];

    public TenantSnapshot Tenant { get; set; } = tenant;

    public MemoryOutbox Outbox { get; } = new();

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<AuditFields> Trail => [.. _trail.Select(AuditFields.Read)];

    public Caller Caller(string person) => new(Tenant.Directory.Find(person)!.ToActor(), Tenant);

    public async ValueTask<StartResult> StartAsync(StartRequest start, CancellationToken cancellation)
    {
        var result = await RunAsync(start.Create, start.Submit, cancellation);
        return new StartResult(result.Request, true, result.Receipt?.Refusal);
    }

    public async ValueTask<CommandResult> SendAsync(CommandEnvelope envelope, CancellationToken cancellation) =>
        await RunAsync(envelope, submit: false, cancellation);

    public ValueTask RecordAsync(ImmutableArray<AuditDraft> entries, CancellationToken cancellation)
    {
        Append(entries.RemoveAll(entry => entry.Once is { } name && !_once.Add((entry.RequestId, name))));
        return default;
    }

    public ValueTask<StoredRequest?> FindAsync(string tenant, string requestId, CancellationToken cancellation) =>
        new(tenant == Tenant.Settings.Id ? _requests.GetValueOrDefault(requestId) : null);

    public async ValueTask<Snapshot?> FindSnapshotAsync(string tenant, string requestId, int number, CancellationToken cancellation) =>
        await FindAsync(tenant, requestId, cancellation) is { } request && request.Snapshot.Number == number ? request.Snapshot : null;

    public ValueTask<CommandStatus?> FindCommandAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
        new(tenant == Tenant.Settings.Id && _receipts.TryGetValue((requestId, commandId), out var receipt) ? new CommandStatus(receipt) : null);

    public ValueTask<Page<RequestSummary>> ListAsync(RequestQuery query, PageRequest page, CancellationToken cancellation) =>
        new(new Page<RequestSummary>([.. _requests.Values.Select(Summary)], null));

    /// <summary>The cursor is a position in the chain.</summary>
    public ValueTask<Page<StoredEntry>> HistoryAsync(string tenant, string requestId, PageRequest page, CancellationToken cancellation)
    {
        var after = page.Cursor is null ? 0 : long.Parse(page.Cursor, CultureInfo.InvariantCulture);
        var found = _trail.Where(entry => entry.Chain == requestId && entry.Sequence > after).Take(page.Limit + 1).ToArray();
        return new(new Page<StoredEntry>(
            [.. found.Take(page.Limit)], found.Length > page.Limit ? found[page.Limit - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null));
    }

    public ValueTask<Page<RequestSummary>> InboxAsync(InboxQuery query, PageRequest page, CancellationToken cancellation) =>
        new(new Page<RequestSummary>([.. Waiting(query).Select(Summary)], null));

    public ValueTask<InboxCount> CountInboxAsync(InboxQuery query, CancellationToken cancellation) => new(new InboxCount(Waiting(query).Count(), 0));

    public ValueTask<StoredRequest?> WaitAsync(string tenant, string requestId, long version, TimeSpan wait, CancellationToken cancellation) =>
        FindAsync(tenant, requestId, cancellation);

    ValueTask<TenantSnapshot?> ITenantCatalog.FindAsync(string tenant, CancellationToken cancellation) =>
        new(tenant == Tenant.Settings.Id ? Tenant : null);

    ValueTask<IReadOnlyList<string>> ITenantCatalog.TenantsAsync(CancellationToken cancellation) => new([Tenant.Settings.Id]);

    private async Task<CommandResult> RunAsync(CommandEnvelope envelope, bool submit, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var current = _requests.GetValueOrDefault(envelope.RequestId);
            if (_receipts.TryGetValue((envelope.RequestId, envelope.CommandId), out var first))
            {
                return new CommandResult(first, current);
            }

            var snapshot = envelope.Snapshot ?? current!.Snapshot;
            var transition = await Transitions.RunAsync(current, envelope, time.GetUtcNow(), new LevelResolver(Tenant, snapshot), submit);
            Append(transition.Audit);
            foreach (var happened in transition.Outbox)
            {
                Outbox.Add(happened);
            }

            _receipts[(envelope.RequestId, envelope.CommandId)] = transition.Receipt;
            if (transition.After is { } after)
            {
                _requests[envelope.RequestId] = new StoredRequest(after, transition.Snapshot ?? snapshot, Head(envelope.RequestId));
            }

            return new CommandResult(transition.Receipt, _requests.GetValueOrDefault(envelope.RequestId));
        }
        finally
        {
            _one.Release();
        }
    }

    private void Append(ImmutableArray<AuditDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            var chain = draft.RequestId ?? AuditChain.TenantChain;
            var entry = AuditChain.Append(chain, Head(chain), [draft])[0];
            _trail.Add(new StoredEntry(_trail.Count + 1, chain, entry.Sequence, entry.Canonical, entry.Hash));
        }
    }

    private ChainHead Head(string chain) =>
        _trail.FindLast(entry => entry.Chain == chain) is { } last ? new ChainHead(last.Sequence, last.Hash) : ChainHead.Empty;

    private IEnumerable<StoredRequest> Waiting(InboxQuery query) => _requests.Values.Where(request =>
        query.Authorities.Any(authority => Involvement.WaitingFor(request.State).Contains(authority.Person, StringComparer.Ordinal)));

    private static RequestSummary Summary(StoredRequest request) => new()
    {
        Id = request.State.Id,
        RequestType = request.State.RequestType,
        ActionType = request.State.ActionType,
        Title = request.Snapshot.Title,
        Status = request.State.Status,
        Requester = request.State.Requester,
        Subject = request.State.Subject,
        CreatedAt = request.State.CreatedAt,
        CurrentLevel = request.State.CurrentLevel,
        DueAt = request.State.CurrentLevel > 0 ? request.State.Levels[request.State.CurrentLevel - 1].DueAt : null,
        Version = request.State.Version,
    };
}
