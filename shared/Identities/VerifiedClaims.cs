namespace Approvals.Identities;

/// <summary>Claims about a caller that whoever authenticated them vouches for, by the short names of tokens.</summary>
/// <param name="claims">Name and value, several of a name one after the other.</param>
public sealed class VerifiedClaims(IEnumerable<KeyValuePair<string, string>> claims)
{
    private const int MaxLength = 200;

    /// <summary>Names under which App Service hands on what tokens call otherwise.</summary>
    private static readonly Dictionary<string, string> Short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http://schemas.microsoft.com/identity/claims/tenantid"] = "tid",
        ["http://schemas.microsoft.com/identity/claims/objectidentifier"] = "oid",
        ["http://schemas.microsoft.com/identity/claims/scope"] = "scp",
        ["http://schemas.microsoft.com/ws/2008/06/identity/claims/role"] = "roles",
        ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"] = "sub",
        ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"] = "upn",
    };

    private readonly ILookup<string, string> _values = claims.ToLookup(
        claim => Short.GetValueOrDefault(claim.Key, claim.Key), claim => claim.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every value of a name.</summary>
    public IEnumerable<string> All(string name) => _values[name];

    public bool Has(string name) => _values[name].Any(value => value.Length > 0);

    /// <summary>The value that identifies somebody; null where there is none.</summary>
    /// <returns>False: there are several, or one that identifies nobody (control characters, more than 200). Then nobody is signed in.</returns>
    public bool TryOne(string name, out string? value)
    {
        value = null;
        foreach (var each in _values[name].Where(each => each.Length > 0))
        {
            if ((value is not null && value != each) || each.Length > MaxLength || each.Any(char.IsControl))
            {
                return false;
            }
            value = each;
        }
        return true;
    }
}
