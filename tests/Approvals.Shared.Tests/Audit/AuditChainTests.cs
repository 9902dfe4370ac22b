using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains.State;
using Approvals.Values;

namespace Approvals.Shared.Tests.Audit;

public sealed class AuditChainTests
{
    [Fact]
    public void Append_links_each_entry_to_the_one_before()
    {
        var entries = AuditChain.Append("r1", ChainHead.Empty, [Trail.Draft("requested"), Trail.Draft("submitted")]);
        var more = AuditChain.Append("r1", new ChainHead(2, entries[1].Hash), [Trail.Draft("approved")]);

        Assert.Equal(ChainHead.Empty.Hash, entries[0].PreviousHash);
        Assert.Equal(entries[0].Hash, entries[1].PreviousHash);
        Assert.Equal(entries[1].Hash, more[0].PreviousHash);
        Assert.Equal([1L, 2L, 3L], entries.Concat(more).Select(entry => entry.Sequence));
    }

    [Fact]
    public void Hash_is_the_SHA256_of_the_canonical_bytes()
    {
        var entry = AuditChain.Append("r1", ChainHead.Empty, [Trail.Draft("requested")])[0];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(entry.Canonical.Span)), entry.Hash);
    }

    [Fact]
    public void Every_member_is_written_in_canonical_form()
    {
        var draft = Trail.Draft("approved") with
        {
            ActionType = "purchasing.order",
            At = new DateTimeOffset(2026, 3, 1, 10, 30, 0, 250, TimeSpan.FromHours(1)),
            Code = "C",
            OnBehalfOf = "ana",
            Payload = Value.Map(("z", Value.From(1.50)), ("a", Value.Null)),
            PayloadHash = "ab",
            Policy = new PolicyRef("p", 3),
            Reason = "ok \"then\"",
            Subject = new Subject("bill", "17"),
            Details = [new("level", Value.From(2)), new("dueAt", Value.From("x"))],
            Origin = new Origin("10.0.0.1", "curl", "t"),
        };
        var entry = AuditChain.Append("r1", new ChainHead(6, "ff"), [draft])[0];

        Assert.Equal(
            """{"action":"approved","actionType":"purchasing.order","actor":{"id":"bo","name":"Bo","type":"human"},"at":"2026-03-01T09:30:00.2500000Z","chain":"r1","code":"C","details":{"dueAt":"x","level":2},"id":"r1-7","ip":"10.0.0.1","onBehalfOf":"ana","outcome":"ok","payload":{"a":null,"z":1.5},"payloadHash":"ab","policy":{"key":"p","version":3},"previousHash":"ff","reason":"ok \"then\"","requestId":"r1","sequence":7,"subject":{"id":"17","type":"bill"},"tenant":"contoso","traceId":"t","userAgent":"curl"}""",
            Encoding.UTF8.GetString(entry.Canonical.Span));
        Assert.Equal(entry.Canonical.ToArray(), JsonText.Canonical(JsonText.Parse(entry.Canonical.Span)));
    }

    [Fact]
    public void A_credential_is_written_by_its_name_where_there_is_one()
    {
        var draft = Trail.Draft("approved");
        var by = draft.Actor with { Assurance = Assurance.Token, Credential = Credential.OfToken("t1", "olga") };
        var entry = AuditChain.Append("r1", ChainHead.Empty, [draft with { Actor = by }])[0];
        Assert.Contains("""{"assurance":"token","credential":"token:t1","id":"bo","name":"Bo","type":"human"}""", Encoding.UTF8.GetString(entry.Canonical.Span), StringComparison.Ordinal);
        Assert.Matches("^session:[0-9a-f]{16}$", Credential.OfSession("a session").Name);
    }

    [Fact]
    public void Shown_entry_is_the_canonical_one_with_its_hash()
    {
        var entry = AuditChain.Append("r1", ChainHead.Empty, [Trail.Draft("requested")])[0];
        var output = new ArrayBufferWriter<byte>();
        AuditEntryJson.Write(output, entry.Canonical.Span, entry.Hash);

        var shown = JsonText.Parse(output.WrittenSpan).Members;
        Assert.True(shown.TryGet("hash", out var hash));
        Assert.Equal(entry.Hash, hash.AsString());
        var rest = Value.Map(shown.Where(member => member.Key != "hash"));
        Assert.Equal(entry.Hash, AuditChain.HashOf(JsonText.Canonical(rest)));
    }
}
