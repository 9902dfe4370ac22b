using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SQLitePCL;

namespace Approvals.Standalone.Sqlite;

/// <summary>A prepared statement, kept for the life of its connection. Columns count from 0, parameters from 1. Not thread-safe.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle) : IDisposable
{
    private const int OnStack = 256;

    /// <summary>Good as long as the handle, which is kept with this.</summary>
    private readonly nint pointer = handle.DangerousGetHandle();

    /// <summary>Between a row and the reset that ends its read transaction.</summary>
    public bool Active { get; private set; }

    /// <summary>Rises with each use of any statement of the connection.</summary>
    public long LastUse { get; set; }

    public Statement Bind(int parameter, long value)
    {
        connection.Check(Native.BindInt(pointer, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, long? value)
    {
        connection.Check(value is { } number ? Native.BindInt(pointer, parameter, number) : Native.BindNull(pointer, parameter));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            connection.Check(Native.BindNull(pointer, parameter));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var buffer = rented ?? stackalloc byte[OnStack];
        var length = Encoding.UTF8.GetBytes(value, buffer);
        connection.Check(Native.BindText(pointer, parameter, buffer, length, Native.Transient));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    /// <summary>UTF-8 that is kept as text.</summary>
    public Statement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        connection.Check(Native.BindText(pointer, parameter, Some(utf8), utf8.Length, Native.Transient));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        connection.Check(Native.BindBlob(pointer, parameter, Some(value), value.Length, Native.Transient));
        return this;
    }

    /// <summary>A hash as 16 bytes, which order like the number.</summary>
    public Statement BindKey(int parameter, UInt128 key)
    {
        Span<byte> column = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(column, key);
        return Bind(parameter, column);
    }

    /// <summary>As <see cref="BindKey"/> wrote it.</summary>
    public UInt128 Key(int column) => BinaryPrimitives.ReadUInt128BigEndian(Bytes(column));

    /// <summary>Moves to the next row; false at the end, where the statement has reset itself.</summary>
    public bool Step()
    {
        var code = Native.Step(pointer);
        if (code == raw.SQLITE_ROW)
        {
            Active = true;
            return true;
        }

        Active = false;
        var reset = Native.Reset(pointer);
        if (code != raw.SQLITE_DONE)
        {
            throw connection.Fault(reset == raw.SQLITE_OK ? code : reset);
        }

        return false;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        if (Step())
        {
            Reset();
        }
    }

    public void Reset()
    {
        if (Active)
        {
            Active = false;
            _ = Native.Reset(pointer);
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int(int column) => raw.sqlite3_column_int64(handle, column);

    public long? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Text or blob, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Where nothing stands at all SQLite would see null.</summary>
    private static ReadOnlySpan<byte> Some(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? [0] : bytes;

    public void Dispose() => handle.Dispose();
}
