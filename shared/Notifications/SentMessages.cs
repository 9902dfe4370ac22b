namespace Approvals.Notifications;

/// <summary>Ids of what was sent lately: a retry for one recipient must not write to the others again. Lost with the process.</summary>
internal sealed class SentMessages
{
    private const int Kept = 10_000;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool Has(string id)
    {
        lock (_gate)
        {
            return _ids.Contains(id);
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

            _order.Enqueue(id);
            if (_order.Count > Kept)
            {
                _ids.Remove(_order.Dequeue());
            }
        }
    }
}
