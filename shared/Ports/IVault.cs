namespace Approvals.Ports;

/// <summary>Keeps secrets that people typed at decision time; they appear nowhere else.</summary>
public interface IVault
{
    /// <summary>False: the name is taken, and what it has stays.</summary>
    /// <param name="name">At most 127 letters, digits and hyphens (as Key Vault has it).</param>
    Task<bool> StoreAsync(string tenant, string name, string secret, CancellationToken cancellation);

    /// <summary>For a secret whose decision was refused. Does nothing where there is none.</summary>
    Task RemoveAsync(string tenant, string name, CancellationToken cancellation);
}
