using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Tenants;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Keys of a tenant's partition: the head, settings <c>t</c>, people <c>p|id</c> and what a file last said of them <c>b|id</c>, policies <c>y|key</c> and their versions <c>z|key|version</c>,
/// delegations <c>d|id</c> and by person <c>g|person|id</c>, tokens <c>h|id</c>, events to be carried over <c>o|position</c>, the trail <c>e|position</c> with its
/// index <c>x|…</c>, refusals recorded <c>f|…</c>, names of what the tenant's chain takes one entry of <c>k|name</c>, requests <c>q|id</c>, lists <c>l|…</c> and inboxes <c>w|…</c>, <c>v|…</c>.
/// </summary>
internal static class TenantRows
{
    public const string Settings = "t";
    public const string People = "p";
    public const string Seeds = "b";
    public const string Policies = "y";
    public const string Versions = "z";
    public const string Delegations = "d";
    public const string DelegationsByPerson = "g";
    public const string Tokens = "h";
    public const string Events = "o";

    public static string Person(string id) => $"{People}|{TableKey.Part(id)}";

    public static string Seed(string person) => $"{Seeds}|{TableKey.Part(person)}";

    public static string Policy(string key) => $"{Policies}|{TableKey.Part(key)}";

    public static string Version(string key, int version) => $"{VersionsOf(key)}|{TableKey.Ascending(version)}";

    public static string VersionsOf(string key) => $"{Versions}|{TableKey.Part(key)}";

    public static string Delegation(string id) => $"{Delegations}|{TableKey.Part(id)}";

    public static string DelegationsOf(string person) => $"{DelegationsByPerson}|{TableKey.Part(person)}";

    public static string Token(string id) => $"{Tokens}|{TableKey.Part(id)}";

    public static string Event(long position, int number) => $"{Events}|{TableKey.Ascending(position)}|{TableKey.Ascending(number)}";

    public static TenantSettings SettingsOf(TableEntity row) => row.Read("body", TableJson.Default.TenantSettings);

    public static Person PersonOf(TableEntity row) => row.Read("body", TableJson.Default.Person);

    public static PolicyVersion VersionOf(TableEntity row) => row.Read("body", TableJson.Default.PolicyVersion);

    public static Delegation DelegationOf(TableEntity row) => row.Read("body", TableJson.Default.Delegation);

    public static ApiToken TokenOf(TableEntity row) => row.Read("body", TableJson.Default.ApiToken);
}
