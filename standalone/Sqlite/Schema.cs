namespace Approvals.Standalone.Sqlite;

/// <summary>
/// The tables. Rows of requests are keyed by numbers in order of creation and entries by position, so that what is written together lies
/// together; what only queries need is in <c>posting</c>, written a segment at a time (see <see cref="Postings"/>).
/// Times are UTC ticks (100 ns), hashes are blobs.
/// </summary>
internal static class Schema
{
    /// <summary>
    /// Bytes, of a new file. Most rows are of half a kilobyte to two: with smaller pages a transition touches more of them, and each is written
    /// to the log and moved from there.
    /// </summary>
    public const int PageSize = 8192;

    /// <summary>Each brings the file from version (its place) to the next. A published one never changes; new ones are added at the end.</summary>
    public static readonly string[] Migrations = [First, Personal, Holders, Beat, Seed, EventsByDelivery, Barred, NewBusinessKeys, Once, ReceiptMembers, ReceiptStanding, AgentOpen, TokenScopes, TokenMakers];

    private const string Personal = """
        CREATE TABLE personal(
          tenant TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,
          PRIMARY KEY(tenant, person, name)) WITHOUT ROWID;
        """;

    /// <summary>Inboxes are kept by the holders of places; whom these are routed to finds them by the authority that they have when they look.</summary>
    private const string Holders = """
        UPDATE request SET waiting = (
          SELECT json_group_array(w.value) FROM json_each(request.waiting) w
          WHERE w.key = 0 OR EXISTS (
            SELECT 1
            FROM json_each(request.state, '$.levels[' || (json_extract(request.state, '$.currentLevel') - 1) || '].groups') g,
              json_each(g.value, '$.approvers') a
            WHERE json_extract(a.value, '$.person') = w.value))
        WHERE waiting IS NOT NULL;
        DELETE FROM waiting WHERE NOT EXISTS (
          SELECT 1 FROM request r, json_each(r.waiting) w WHERE r.number = waiting.request AND w.value = waiting.person);
        """;

    /// <summary>The row that an idle writer proves itself with.</summary>
    private const string Beat = "CREATE TABLE beat(id INTEGER PRIMARY KEY, at INTEGER NOT NULL);";

    private const string Seed = """
        CREATE TABLE seed(tenant INTEGER NOT NULL, person TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(tenant, person)) WITHOUT ROWID;
        """;

    /// <summary>Events are looked up for their deliveries only, which are few: an index of all of them was paid for by every transition.</summary>
    private const string EventsByDelivery = """
        DROP INDEX outbox_by_id;
        CREATE INDEX delivery_by_event ON delivery(event);
        """;

    /// <summary>People to whom a row is not shown, as a JSON list; null: none. Those of before stay without: their level's next answer sets it.</summary>
    private const string Barred = "ALTER TABLE waiting ADD COLUMN barred TEXT;";

    /// <summary>Keys of business in order of arrival, on their way to their place.</summary>
    private const string NewBusinessKeys = """
        CREATE TABLE business_a(position INTEGER PRIMARY KEY, key BLOB NOT NULL, request INTEGER NOT NULL);
        CREATE TABLE business_b(position INTEGER PRIMARY KEY, key BLOB NOT NULL, request INTEGER NOT NULL);
        """;

    /// <summary>What entries tell of of which a chain takes one. chain: the request's number; for the tenant's own, minus the tenant's.</summary>
    private const string Once = "CREATE TABLE once(chain INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY(chain, name)) WITHOUT ROWID;";

    /// <summary>What a refusal says beside its code and its detail, as a JSON list; null: nothing.</summary>
    private const string ReceiptMembers = "ALTER TABLE receipt ADD COLUMN members TEXT;";

    /// <summary>Where the request stood after the command; null where refused, and for what was carried out before.</summary>
    private const string ReceiptStanding = """
        ALTER TABLE receipt ADD COLUMN status INTEGER;
        ALTER TABLE receipt ADD COLUMN level INTEGER;
        ALTER TABLE receipt ADD COLUMN snapshot INTEGER;
        """;

    /// <summary>How many requests each agent has open, by action type. Statuses from 5 on are settled.</summary>
    private const string AgentOpen = """
        CREATE TABLE agent_open(
          tenant INTEGER NOT NULL, agent TEXT NOT NULL, action_type TEXT NOT NULL, count INTEGER NOT NULL,
          PRIMARY KEY(tenant, agent, action_type)) WITHOUT ROWID;
        INSERT INTO agent_open
          SELECT tenant, json_extract(state, '$.requester.id'), json_extract(state, '$.actionType'), count(*) FROM request
          WHERE status < 5 AND json_extract(state, '$.requester.type') = 'agent' GROUP BY 1, 2, 3;
        """;

    /// <summary>What tokens are good for; 0: made before there were scopes.</summary>
    private const string TokenScopes = "ALTER TABLE token ADD COLUMN scopes INTEGER NOT NULL DEFAULT 0;";

    /// <summary>Who made tokens; null: made before it was kept.</summary>
    private const string TokenMakers = "ALTER TABLE token ADD COLUMN made_by TEXT;";

    private const string First = """
        CREATE TABLE tenant(
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          settings TEXT NOT NULL,
          head_sequence INTEGER NOT NULL,
          head_hash BLOB NOT NULL);

        CREATE TABLE person(
          tenant INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
          PRIMARY KEY(tenant, id)) WITHOUT ROWID;

        CREATE TABLE policy(
          tenant INTEGER NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL,
          PRIMARY KEY(tenant, key, version)) WITHOUT ROWID;
        CREATE INDEX policy_active ON policy(tenant) WHERE status = 'active';

        CREATE TABLE delegation(
          number INTEGER PRIMARY KEY,
          tenant INTEGER NOT NULL, id TEXT NOT NULL, delegator TEXT NOT NULL, delegate TEXT NOT NULL,
          until INTEGER NOT NULL, over INTEGER NOT NULL, body TEXT NOT NULL,
          UNIQUE(tenant, id));
        CREATE INDEX delegation_running ON delegation(until) WHERE over = 0;

        CREATE TABLE token(
          hash TEXT PRIMARY KEY, tenant INTEGER NOT NULL, id TEXT NOT NULL, person TEXT NOT NULL,
          created_at INTEGER NOT NULL, expires_at INTEGER, revoked_at INTEGER) WITHOUT ROWID;
        CREATE UNIQUE INDEX token_by_id ON token(tenant, id);

        -- due: of the level and of the request, as the due table has it; waiting: as the waiting table has it.
        CREATE TABLE request(
          number INTEGER PRIMARY KEY,
          tenant INTEGER NOT NULL, id TEXT NOT NULL, status INTEGER NOT NULL, snapshot INTEGER NOT NULL,
          head_sequence INTEGER NOT NULL, head_hash BLOB NOT NULL,
          due INTEGER, waiting TEXT, involved TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL);
        CREATE UNIQUE INDEX request_by_id ON request(tenant, id);
        CREATE INDEX request_by_status ON request(tenant, status);

        -- id: request number << 20 | snapshot number
        CREATE TABLE snapshot(id INTEGER PRIMARY KEY, body TEXT NOT NULL);

        CREATE TABLE receipt(
          request INTEGER NOT NULL, command TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, code TEXT, detail TEXT,
          PRIMARY KEY(request, command)) WITHOUT ROWID;

        -- Of commands that were refused where there is no request to keep them with.
        CREATE TABLE stray_receipt(
          key BLOB PRIMARY KEY, at INTEGER NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX stray_receipt_by_age ON stray_receipt(at);

        CREATE TABLE business(key BLOB PRIMARY KEY, request INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE due(at INTEGER NOT NULL, request INTEGER NOT NULL, PRIMARY KEY(at, request)) WITHOUT ROWID;

        CREATE TABLE waiting(
          tenant INTEGER NOT NULL, person TEXT NOT NULL, due INTEGER NOT NULL, request INTEGER NOT NULL,
          requester TEXT NOT NULL, action_type TEXT NOT NULL, request_type TEXT NOT NULL,
          PRIMARY KEY(tenant, person, due, request)) WITHOUT ROWID;
        CREATE INDEX waiting_newest ON waiting(tenant, person, request);

        -- chain: the request's id, or null for the tenant's own
        CREATE TABLE audit(
          position INTEGER PRIMARY KEY,
          tenant INTEGER NOT NULL, chain TEXT, sequence INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL, canonical TEXT NOT NULL);

        -- One row for entries of a request that were appended together, and so follow each other in sequence and position.
        -- id: request number << 24 | sequence of the last; first: position of the first
        CREATE TABLE trail(id INTEGER PRIMARY KEY, first INTEGER NOT NULL, count INTEGER NOT NULL);

        CREATE TABLE posting(
          family INTEGER NOT NULL, segment INTEGER NOT NULL, key BLOB NOT NULL, offsets BLOB NOT NULL,
          PRIMARY KEY(family, segment, key)) WITHOUT ROWID;

        CREATE TABLE audit_time(segment INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);

        CREATE TABLE outbox(
          position INTEGER PRIMARY KEY,
          id TEXT NOT NULL, tenant TEXT NOT NULL, request TEXT NOT NULL, type TEXT NOT NULL, time INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX outbox_by_id ON outbox(id);

        CREATE TABLE consumer(name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE delivery(
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE, consumer TEXT NOT NULL, tenant TEXT NOT NULL, request TEXT NOT NULL, event TEXT NOT NULL, type TEXT NOT NULL,
          position INTEGER NOT NULL, status INTEGER NOT NULL, attempts INTEGER NOT NULL,
          first_at INTEGER NOT NULL, next_at INTEGER NOT NULL, last_error TEXT);
        CREATE INDEX delivery_in_order ON delivery(consumer, request, position) WHERE status = 0;
        CREATE INDEX delivery_due ON delivery(consumer, next_at) WHERE status = 0;
        CREATE INDEX delivery_dead ON delivery(tenant, position) WHERE status = 1;
        CREATE INDEX delivery_event ON delivery(position);

        CREATE TABLE notification(
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE, tenant TEXT NOT NULL, person TEXT NOT NULL, kind TEXT NOT NULL, request TEXT,
          title TEXT NOT NULL, text TEXT NOT NULL, due_at INTEGER, link TEXT, at INTEGER NOT NULL);
        CREATE INDEX notification_feed ON notification(tenant, person);

        CREATE TABLE response(
          key BLOB PRIMARY KEY, at INTEGER NOT NULL, body_hash TEXT NOT NULL, status INTEGER NOT NULL,
          location TEXT, content_type TEXT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX response_by_age ON response(at);
        """;
}
