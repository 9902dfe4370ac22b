namespace Approvals.Conditions.Compiling;

/// <summary>A bool or a fault, which is noted on the frame.</summary>
internal enum Truth : byte
{
    False,
    True,
    Fault,
}
