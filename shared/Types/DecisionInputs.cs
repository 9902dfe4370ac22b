using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>
/// Puts the secrets of a decision's input into the vault before the command that decides is sent, so that no command, state, event, trail or
/// log ever has them: in their place stands <c>{"vault": name}</c>.
/// </summary>
/// <remarks>
/// The name is made of request, person and command: a repeat finds its own, nobody can take or overwrite another's. A crash before the
/// command leaves a secret that nothing refers to.
/// </remarks>
public sealed class DecisionInputs(IVault vault)
{
    private const string Member = "vault";

    /// <param name="input">Fits the type's schema.</param>
    public async Task<VaultedInput> VaultAsync(
        FieldSchema schema, Value input, string tenant, string requestId, string person, string commandId, CancellationToken cancellation)
    {
        var secrets = schema.Secrets.ToHashSet(StringComparer.Ordinal);
        var members = new List<KeyValuePair<string, Value>>();
        var stored = ImmutableArray.CreateBuilder<string>();
        foreach (var (member, value) in input.Members)
        {
            if (!secrets.Contains(member))
            {
                members.Add(new(member, value));
                continue;
            }

            var name = NameOf(tenant, requestId, person, commandId, member);
            if (await vault.StoreAsync(tenant, name, value.AsString(), cancellation))
            {
                stored.Add(name);
            }

            members.Add(new(member, Value.Map((Member, Value.From(name)))));
        }

        return new VaultedInput(Encoding.UTF8.GetString(JsonText.Canonical(Value.Map(members))), stored.ToImmutable());
    }

    /// <summary>Takes back what was stored for a decision that was refused.</summary>
    public async Task DropAsync(string tenant, VaultedInput input, CancellationToken cancellation)
    {
        foreach (var name in input.Stored)
        {
            await vault.RemoveAsync(tenant, name, cancellation);
        }
    }

    /// <summary>Names in the vault that an input refers to.</summary>
    public static IEnumerable<string> NamesIn(Value input) => input.Kind != ValueKind.Map
        ? []
        : input.Members.Where(member => member.Value is { Kind: ValueKind.Map, Members.Count: 1 } && member.Value.Members.Contains(Member))
            .Select(member => member.Value.At(Member)!.Value.AsString());

    private static string NameOf(params ReadOnlySpan<string> parts)
    {
        var digest = SHA256.HashData(JsonText.Canonical(Value.List(parts.ToArray().Select(Value.From).ToArray())));
        return $"approval-{Convert.ToHexStringLower(digest.AsSpan(0, 16))}";
    }
}

/// <param name="Json">Canonical JSON without secrets, for <see cref="Chains.Command.Approve"/>.</param>
/// <param name="Stored">Names that are new in the vault.</param>
public sealed record VaultedInput(string Json, ImmutableArray<string> Stored);
