namespace Approvals.Conditions.Checking;

/// <summary>The loop variables that can be seen, the innermost first.</summary>
internal sealed record Scope(string Name, StaticType Type, Scope? Outer)
{
    /// <summary>The input of that name is out of sight where a variable has it too.</summary>
    public static Scope? Find(Scope? scope, string name)
    {
        while (scope is not null && scope.Name != name)
        {
            scope = scope.Outer;
        }
        return scope;
    }

    public static int Depth(Scope? scope) => scope is null ? 0 : 1 + Depth(scope.Outer);
}
