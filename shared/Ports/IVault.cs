namespace Approvals.Ports;

/// <summary>Keeps secrets that people typed at decision time; they appear nowhere else.</summary>
public interface IVault
{
    Task StoreAsync(string tenant, string name, string secret, CancellationToken cancellation);
}
