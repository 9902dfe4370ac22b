namespace Approvals.Audit;

/// <summary>How what an entry tells of ended.</summary>
public static class AuditOutcome
{
    public const string Ok = "ok";
    public const string Refused = "refused";
    public const string Failed = "failed";
}
