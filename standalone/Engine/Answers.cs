namespace Approvals.Standalone.Engine;

/// <summary>
/// Hands work back to those who wait for it, on the pool's threads, so that the writer goes on at once. A few pieces go together: each
/// hand-over may wake a thread, and what follows an answer is mostly shorter than that.
/// </summary>
internal static class Answers
{
    private const int Together = 8;

    /// <summary>The work is durable.</summary>
    public static void Complete(List<Work> batch)
    {
        for (var first = 0; first < batch.Count; first += Together)
        {
            ThreadPool.UnsafeQueueUserWorkItem(Complete, batch.GetRange(first, Math.Min(Together, batch.Count - first)), preferLocal: false);

            static void Complete(List<Work> works) => works.ForEach(static work => work.Complete());
        }
    }

    /// <summary>The work was not done.</summary>
    public static void Fail(Work work, Exception fault) =>
        ThreadPool.UnsafeQueueUserWorkItem(static failed => failed.work.Fail(failed.fault), (work, fault), preferLocal: false);
}
