using System.Runtime.CompilerServices;
using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>
/// One place of a condition that looks a member up. It remembers where it found the name last time; threads may overwrite each
/// other's memory, which costs a search at most.
/// </summary>
internal struct MemberSite(string target, string name)
{
    private readonly string _name = MemberNames.Intern(name);
    private int _hint;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value Get(ref Frame frame, Node at, Value value)
    {
        if (value.MapOrNull is { } map)
        {
            var index = map.IndexOf(_name, ref _hint);
            if (index >= 0)
            {
                return map.ValueAt(index);
            }
        }
        return Missing(ref frame, at, value);
    }

    public readonly Truth Has(ref Frame frame, Node at, Value value)
    {
        if (value.MapOrNull is { } map)
        {
            return map.Contains(_name) ? Truth.True : Truth.False;
        }
        Missing(ref frame, at, value);
        return Truth.Fault;
    }

    private readonly Value Missing(ref Frame frame, Node at, Value value)
    {
        if (value.IsFault)
        {
            return value;
        }
        var member = Value.From(_name);
        return frame.Fail(at, value.MapOrNull is null ? Faults.NoMap(target) : Faults.NoMember(target), member, value);
    }
}

/// <summary>A member of the payload itself, the most frequent of all.</summary>
internal sealed class PayloadMemberNode(int offset, string name) : Node(offset)
{
    private MemberSite _site = new("payload", name);

    public override Value Evaluate(ref Frame frame) => _site.Get(ref frame, this, frame.Input.Payload);
}

internal sealed class MemberNode(int offset, Node target, string shown, string name) : Node(offset)
{
    private MemberSite _site = new(shown, name);

    public override Value Evaluate(ref Frame frame) => _site.Get(ref frame, this, target.Evaluate(ref frame));
}

internal sealed class HasNode(int offset, Node target, string shown, string name) : TestNode(offset)
{
    private readonly MemberSite _site = new(shown, name);

    public override Truth Test(ref Frame frame) => _site.Has(ref frame, this, target.Evaluate(ref frame));
}

internal sealed class IndexNode(int offset, Node target, Node index) : Node(offset)
{
    public override Value Evaluate(ref Frame frame)
    {
        var value = target.Evaluate(ref frame);
        if (value.IsFault)
        {
            return value;
        }
        var key = index.Evaluate(ref frame);
        if (key.IsFault)
        {
            return key;
        }
        if (value.ListOrNull is { } items)
        {
            return Item(ref frame, items, key);
        }
        if (value.MapOrNull is not { } map)
        {
            return frame.Fail(this, Faults.NoIndex, value);
        }
        var name = key.TextOrNull;
        if (name is not null && !frame.Charge(name.Length / Work.UnitsPerStep))
        {
            return Value.Fault;
        }
        return name is not null && map.TryGet(name, out var member) ? member : frame.Fail(this, Faults.NoKey, key);
    }

    /// <summary>A position that came out of JSON is a double; it counts where it is whole.</summary>
    private Value Item(ref Frame frame, Value[] items, Value key)
    {
        if (!key.TryNumber(out var position) || Math.Truncate(position) != position)
        {
            return frame.Fail(this, Faults.Index, key);
        }
        return position >= 0 && position < items.Length ? items[(int)position] : frame.Fail(this, Faults.NoItem, key);
    }
}
