namespace Approvals.Hosting;

/// <summary>The service can't start as it is set up. The message is for whoever set it up.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException()
    {
    }

    public SettingsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
