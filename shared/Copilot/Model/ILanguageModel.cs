namespace Approvals.Copilot.Model;

/// <summary>
/// A language model: it words, drafts and translates. What it answers is data, to be checked by whoever asked; it decides nothing and calls nothing.
/// Absent where none is set up, and everything but free text works without.
/// </summary>
public interface ILanguageModel
{
    /// <summary>As cards name it where they say that it worded or drafted something.</summary>
    string Name { get; }

    /// <summary>Takes a bounded time, and fails with a <see cref="ModelFault"/>, never an exception but that of <paramref name="cancellation"/>.</summary>
    ValueTask<ModelAnswer> CompleteAsync(ModelPrompt prompt, CancellationToken cancellation);
}
