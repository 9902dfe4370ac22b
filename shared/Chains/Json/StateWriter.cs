using System.Buffers;
using System.Text.Json;
using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains.Json;

/// <summary>
/// States as <see cref="ChainJson.State"/> writes them, byte for byte, but by hand: every transition writes one, and the general serializer
/// boxes the lists that it looks at. Reading stays with the contract.
/// </summary>
public static class StateWriter
{
    /// <summary>Bytes of a buffer that its thread keeps for the next state.</summary>
    private const int Kept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>The state as UTF-8.</summary>
    public static byte[] Write(RequestState state)
    {
        if (buffer is not { Capacity: <= Kept })
        {
            buffer = new ArrayBufferWriter<byte>(4096);
        }
        buffer.ResetWrittenCount();
        writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.Reset(buffer);
        Write(writer, state);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, RequestState state)
    {
        writer.WriteStartObject();
        writer.Text(Names.Tenant, state.Tenant);
        writer.Text(Names.Id, state.Id);
        writer.Number(Names.Version, state.Version);
        writer.WriteString(Names.Status, EnumWords<RequestStatus>.Of(state.Status));
        writer.Word(Names.Origin, state.Origin);
        writer.Text(Names.RequestType, state.RequestType);
        writer.Text(Names.ActionType, state.ActionType);
        writer.WriteStartObject(Names.Requester);
        writer.Text(Names.Id, state.Requester.Id);
        writer.WriteString(Names.Type, EnumWords<ActorType>.Of(state.Requester.Type));
        writer.Text(Names.ActingFor, state.Requester.ActingFor);
        writer.WriteEndObject();
        writer.WriteStartObject(Names.Subject);
        writer.Text(Names.Type, state.Subject.Type);
        writer.Text(Names.Id, state.Subject.Id);
        writer.WriteEndObject();
        writer.WriteNumber(Names.Snapshot, state.Snapshot);
        writer.Text(Names.PayloadHash, state.PayloadHash);
        if (state.Policy is { } policy)
        {
            writer.WriteStartObject(Names.Policy);
            writer.Text(Names.Key, policy.Key);
            writer.Number(Names.Version, policy.Version);
            writer.WriteEndObject();
        }
        writer.Flag(Names.RequesterLevels, state.RequesterLevels);
        writer.List(Names.Levels, state.Levels, LevelWriter.Write);
        writer.Number(Names.CurrentLevel, state.CurrentLevel);
        writer.Flag(Names.DistinctApprovers, state.DistinctApprovers);
        writer.Duration(Names.CompleteWithin, state.CompleteWithin);
        writer.Duration(Names.GrantValidFor, state.GrantValidFor);
        writer.Time(Names.CreatedAt, state.CreatedAt);
        writer.Time(Names.SubmittedAt, state.SubmittedAt);
        writer.Time(Names.DecidedAt, state.DecidedAt);
        writer.Flag(Names.OverdueReported, state.OverdueReported);
        writer.Number(Names.AutomaticDecisions, state.AutomaticDecisions);
        writer.Number(Names.Overrides, state.Overrides);
        writer.Texts(Names.Watchers, state.Watchers);
        writer.Texts(Names.FormerApprovers, state.FormerApprovers);
        writer.Text(Names.BusinessKey, state.BusinessKey);
        writer.Texts(Names.Barred, state.Barred);
        if (state.Grant is { } grant)
        {
            Write(writer, grant);
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GrantState grant)
    {
        writer.WriteStartObject(Names.Grant);
        writer.Time(Names.ExpiresAt, grant.ExpiresAt);
        if (grant.Execution is { } execution)
        {
            writer.WriteStartObject(Names.Execution);
            writer.Text(Names.Id, execution.Id);
            writer.Time(Names.ClaimedAt, execution.ClaimedAt);
            writer.Word(Names.Outcome, execution.Outcome);
            writer.Time(Names.ReportedAt, execution.ReportedAt);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}
