using Approvals.Functions.Tests.Azurite;
using Azure.Core;

namespace Approvals.Functions.Tests.Crash;

/// <summary>What happens to one storage operation.</summary>
public enum FaultKind
{
    /// <summary>It is never sent.</summary>
    NotSent,

    /// <summary>It is carried out, and nobody hears of it.</summary>
    AnswerLost,
}

/// <summary>Breaks the operation of a number, counted from one, and with it, where the process dies, all that follow.</summary>
internal sealed class Fault
{
    private readonly Operations _operations;
    private readonly FaultKind _kind;
    private readonly int _number;
    private readonly bool _dies;
    private int _count;
    private Request? _lost;

    public Fault(Operations operations, FaultKind kind, int number, bool dies)
    {
        (_operations, _kind, _number, _dies) = (operations, kind, number, dies);
        operations.Fails = Fails;
        operations.LosesAnswer = request => ReferenceEquals(Interlocked.CompareExchange(ref _lost, null, request), request);
    }

    /// <summary>Whether there were that many operations; a process that lives on meets no more faults.</summary>
    public bool End()
    {
        if (!_dies)
        {
            _operations.Fails = _ => false;
        }

        return Volatile.Read(ref _count) >= _number;
    }

    private bool Fails(Request request)
    {
        var count = Interlocked.Increment(ref _count);
        if (count == _number && _kind == FaultKind.AnswerLost)
        {
            Volatile.Write(ref _lost, request);
            return false;
        }

        return count == _number || (_dies && count > _number);
    }
}
