using System.Runtime.InteropServices;

namespace Approvals.Standalone.Sqlite;

/// <summary>
/// SQLite's functions that are called for every value of every row, called straight: they take less time than to count a handle's users and to
/// tell the collector that the thread is away. None of them waits for anything.
/// </summary>
internal static partial class Native
{
    private const string Library = "e_sqlite3";

    /// <summary>For SQLite: the bytes are gone after the call, keep a copy.</summary>
    public const nint Transient = -1;

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    public static partial int BindInt(nint statement, int parameter, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    public static partial int BindNull(nint statement, int parameter);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(nint statement, int parameter, ReadOnlySpan<byte> utf8, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static partial int BindBlob(nint statement, int parameter, ReadOnlySpan<byte> bytes, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);
}
