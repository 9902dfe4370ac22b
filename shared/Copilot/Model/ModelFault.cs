namespace Approvals.Copilot.Model;

/// <summary>Why a language model gave no answer.</summary>
public enum ModelFault
{
    /// <summary>None is set up.</summary>
    Absent,

    /// <summary>It can't be reached, turns the service away, or fails.</summary>
    Unavailable,

    /// <summary>It is asked too much.</summary>
    Busy,

    /// <summary>It took too long.</summary>
    Late,

    /// <summary>It would not answer, or its content filter did not let it.</summary>
    Refused,

    /// <summary>What it answered is cut off, or no JSON.</summary>
    Garbled,
}
