using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Functions.Tables.Tenants;
using Approvals.Notifications;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Functions.Tables;

/// <summary>JSON of rows. Requests, commands and snapshots have their own contracts, in <see cref="Chains.Json.ChainJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(DetailConverter)])]
[JsonSerializable(typeof(TenantSettings))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(PolicyVersion))]
[JsonSerializable(typeof(Delegation))]
[JsonSerializable(typeof(ApiToken))]
[JsonSerializable(typeof(AuditDraft))]
[JsonSerializable(typeof(RequestSummary))]
[JsonSerializable(typeof(Notification))]
[JsonSerializable(typeof(NotificationPreferences))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(ImmutableArray<InboxBar>))]
internal sealed partial class TableJson : JsonSerializerContext;
