namespace Approvals.Links;

/// <summary>Whether whoever opened a link may answer by it.</summary>
public enum LinkAccess
{
    /// <summary>The named person has signed in, or nobody has and the tenant lets links be answered so.</summary>
    Granted,

    /// <summary>Nobody has signed in, and the tenant wants the named person to: the request is shown, and nothing is decided.</summary>
    SignInRequired,

    /// <summary>Somebody else has signed in: another person, an agent, somebody of another tenant. Nothing is shown or decided.</summary>
    SomebodyElse,
}
