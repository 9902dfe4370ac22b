using Approvals.Ports;

namespace Approvals.Api.Problems;

/// <summary>What a caller is told of an exception: never its text, but whether the same call may be sent again.</summary>
public static class Faults
{
    /// <summary>Seconds: making room takes somebody at least that long.</summary>
    private const int RetryWhenFullAfter = 30;

    /// <summary>Seconds.</summary>
    private const int RetryWhenBusyAfter = 5;

    private static readonly Problem Internal = Problem.Of(ApiCode.InternalError, "The fault was recorded under the trace id.");

    private static readonly Problem Full =
        Problem.Of(ApiCode.Unavailable, "There is no room to keep anything at the moment. Send the same again later.") with { RetryAfter = RetryWhenFullAfter };

    private static readonly Problem Busy =
        Problem.Of(ApiCode.Unavailable, "The call could not be carried out in time. Send the same again later.") with { RetryAfter = RetryWhenBusyAfter };

    public static Problem Of(Exception fault) => IsFull(fault) ? Full : fault is TimeoutException ? Busy : Internal;

    /// <summary>The store refused for want of room, and is as it was before.</summary>
    public static bool IsFull(Exception fault) => fault is IStoreFault { IsFull: true };
}
