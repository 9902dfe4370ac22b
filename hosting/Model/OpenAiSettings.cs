namespace Approvals.Hosting.Model;

/// <summary>The language model's settings (docs/operations.md).</summary>
public sealed record OpenAiSettings
{
    private const string EndpointName = "OpenAI:Endpoint";

    /// <summary>The resource's address; https, or http on this machine.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Name of the model's deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>Null: the host's identity is used.</summary>
    public required string? Key { get; init; }

    /// <summary>Azure OpenAI's version-less API, in the form of OpenAI's own.</summary>
    internal Uri Api => new($"{Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')}/openai/v1/");

    /// <summary>Null where there is no endpoint.</summary>
    /// <param name="withIdentity">Whether the host has an identity to sign in with; otherwise a key is needed.</param>
    /// <exception cref="SettingsException">One can't be used.</exception>
    public static OpenAiSettings? Read(SettingsSection section, bool withIdentity)
    {
        var (deployment, key) = (section.Text("OpenAI:Deployment"), section.Text("OpenAI:Key"));
        if (section.Address(EndpointName, "https", "http") is not { } endpoint)
        {
            return null;
        }
        if (endpoint.Scheme != "https" && !endpoint.IsLoopback)
        {
            throw new SettingsException($"Approvals:{EndpointName} must begin with https:// where it is not on this machine.");
        }
        return new OpenAiSettings
        {
            Endpoint = endpoint,
            Deployment = deployment ?? throw new SettingsException($"Approvals:OpenAI:Deployment must be set with Approvals:{EndpointName}."),
            Key = key is not null || withIdentity ? key : throw new SettingsException($"Approvals:OpenAI:Key must be set with Approvals:{EndpointName}."),
        };
    }

    /// <summary>Without the key, which would otherwise be printed.</summary>
    public override string ToString() => $"{Endpoint} {Deployment}";
}
