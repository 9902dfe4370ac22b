namespace Approvals.Subscriber;

/// <summary>
/// The ids of events that were dealt with, the latest so many. An event comes at least once: again where its completion got lost. In a real
/// subscriber this is a table, written in the same transaction as what the event causes; then it survives a restart too.
/// </summary>
public sealed class SeenEvents(int capacity)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _inOrder = new();

    public bool IsNew(string id)
    {
        lock (_gate)
        {
            return !_ids.Contains(id);
        }
    }

    public void Add(string id)
    {
        lock (_gate)
        {
            if (!_ids.Add(id))
            {
                return;
            }
            _inOrder.Enqueue(id);
            if (_inOrder.Count > capacity)
            {
                _ids.Remove(_inOrder.Dequeue());
            }
        }
    }
}
