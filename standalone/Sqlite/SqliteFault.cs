using System.Diagnostics.CodeAnalysis;
using Approvals.Ports;
using SQLitePCL;

namespace Approvals.Standalone.Sqlite;

/// <summary>SQLite would not do it: disk full, I/O error, a constraint, a damaged file.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place, from a result code.")]
[SuppressMessage("Naming", "CA1710", Justification = "Faults are this product's word for exceptions.")]
public sealed class SqliteFault(int code, string message) : Exception(message), IStoreFault
{
    /// <summary>SQLite's extended result code (sqlite.org/rescode.html).</summary>
    public int Code { get; } = code;

    /// <summary>Only the statement's own rows are at fault; another transaction may still succeed.</summary>
    public bool IsConstraint => (Code & 0xff) == raw.SQLITE_CONSTRAINT;

    /// <summary>The disk, or what of it the database may have, is full.</summary>
    public bool IsFull => (Code & 0xff) == raw.SQLITE_FULL;
}
