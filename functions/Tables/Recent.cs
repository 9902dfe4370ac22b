namespace Approvals.Functions.Tables;

/// <summary>A bounded memory of this process: what was not put again for a while is forgotten.</summary>
/// <param name="most">What is kept at least, and half of what is kept at most.</param>
internal sealed class Recent<TKey, TValue>(int most)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock gate = new();
    private Dictionary<TKey, TValue> young = [];
    private Dictionary<TKey, TValue> old = [];

    public TValue? Find(TKey key)
    {
        lock (gate)
        {
            return young.GetValueOrDefault(key) ?? old.GetValueOrDefault(key);
        }
    }

    public TValue FindOrPut(TKey key, Func<TValue> make)
    {
        lock (gate)
        {
            var value = young.GetValueOrDefault(key) ?? old.GetValueOrDefault(key) ?? make();
            Put(key, value);
            return value;
        }
    }

    public void Put(TKey key, TValue value)
    {
        lock (gate)
        {
            if (young.Count >= most)
            {
                (old, young) = (young, []);
            }

            young[key] = value;
        }
    }
}
