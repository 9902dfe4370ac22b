using Approvals.Chains;
using Approvals.Chains.Levels;

namespace Approvals.Web.Requests;

/// <summary>Strategies and approver references in words.</summary>
public static class LevelWords
{
    public static string Rule(Strategy strategy, Quorum? quorum) => strategy switch
    {
        Strategy.All => Texts.RuleAll,
        Strategy.Any => Texts.RuleAny,
        Strategy.First => Texts.RuleFirst,
        _ => Say.With(Texts.RuleQuorum, quorum),
    };

    public static string StrategyName(Strategy strategy) => strategy switch
    {
        Strategy.All => Texts.StrategyAll,
        Strategy.Any => Texts.StrategyAny,
        Strategy.First => Texts.StrategyFirst,
        _ => Texts.StrategyQuorum,
    };

    /// <summary><c>role:finance-manager</c> reads "role finance-manager", <c>manager:requester</c> "the requester's manager".</summary>
    /// <param name="reference">As a policy has it.</param>
    /// <param name="nameOf">Display name of a person's id.</param>
    public static string Reference(string reference, Func<string, string> nameOf)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return reference;
        }

        var name = reference[(colon + 1)..];
        return reference[..colon] switch
        {
            "user" => Say.With(Texts.RefUser, nameOf(name)),
            "role" => Say.With(Texts.RefRole, name),
            "group" => Say.With(Texts.RefGroup, name),
            "field" => Say.With(Texts.RefField, name),
            "manager" => Texts.RefManager,
            var kind when kind.StartsWith("manager^", StringComparison.Ordinal) => Say.With(Texts.RefManagerUp, kind["manager^".Length..]),
            _ => reference,
        };
    }
}
