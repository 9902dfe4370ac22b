using System.Diagnostics.CodeAnalysis;
using Approvals.Ports;

namespace Approvals.Standalone.Data;

/// <summary>A file of the data directory could not be written for want of room; what stood there stands.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place, from the fault of the file system.")]
internal sealed class DiskFullException(IOException fault) : IOException(fault.Message, fault), IStoreFault
{
    /// <summary>ENOSPC and EDQUOT as .NET gives them on Unix.</summary>
    private const int NoSpace = 28, OverQuota = 122;

    /// <summary>ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL as results (learn.microsoft.com/windows/win32/debug/system-error-codes).</summary>
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    public bool IsFull => true;

    public static bool Is(IOException fault) => OperatingSystem.IsWindows()
        ? fault.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : fault.HResult is NoSpace or OverQuota;
}
