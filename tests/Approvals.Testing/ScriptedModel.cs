using Approvals.Copilot.Model;
using Approvals.Values;

namespace Approvals.Testing;

/// <summary>A language model that answers what it is told to, and keeps what it was asked.</summary>
public sealed class ScriptedModel(params ModelAnswer[] answers) : ILanguageModel
{
    private readonly Queue<ModelAnswer> _answers = new(answers);

    public string Name => "scripted";

    public List<ModelPrompt> Asked { get; } = [];

    /// <summary>Words the facts so.</summary>
    public static ScriptedModel Saying(string text) => new(ModelAnswer.Of(Value.Map(("text", Value.From(text)))));

    public static ScriptedModel Writing(params string[] json) => new([.. json.Select(text => ModelAnswer.Of(JsonText.Parse(text)))]);

    public ValueTask<ModelAnswer> CompleteAsync(ModelPrompt prompt, CancellationToken cancellation)
    {
        Asked.Add(prompt);
        return new(_answers.Dequeue());
    }
}
