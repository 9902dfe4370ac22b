namespace Approvals.Actors;

/// <summary>Roles that mean something to the service itself; every other role only routes.</summary>
public static class Roles
{
    public const string Requester = "requester";
    public const string Approver = "approver";
    public const string PolicyAdmin = "policy-admin";
    public const string Auditor = "auditor";
    public const string Operator = "operator";
    public const string Admin = "admin";
    public const string Override = "approvals.override";
}
