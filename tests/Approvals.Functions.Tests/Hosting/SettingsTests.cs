using Approvals.Functions.Hosting;
using Approvals.Functions.SignIn;
using Approvals.Hosting;
using Microsoft.Extensions.Configuration;

namespace Approvals.Functions.Tests.Hosting;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string?> Laptop = new()
    {
        ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
        ["Approvals:Storage"] = "UseDevelopmentStorage=true",
    };

    private static readonly Dictionary<string, string?> Azure = new()
    {
        ["WEBSITE_SITE_NAME"] = "func-approvals",
        ["WEBSITE_AUTH_ENABLED"] = "True",
        ["Approvals:Storage:TableUri"] = "https://contoso.table.core.windows.net/",
        ["Approvals:Storage:BlobUri"] = "https://contoso.blob.core.windows.net/",
        ["Approvals:KeyVaultUri"] = "https://contoso.vault.azure.net/",
        ["Approvals:PublicUrl"] = "https://approvals.contoso.test",
        ["Approvals:ServiceBus:fullyQualifiedNamespace"] = "contoso.servicebus.windows.net",
    };

    [Fact]
    public void Laptop_withTheSample_hasTheDemoTenantAndNothingElse()
    {
        var settings = Read(Laptop);

        Assert.Equal(SignInKinds.Development | SignInKinds.Tokens, settings.SignIn);
        Assert.True(settings.WithDemo);
        Assert.Equal("UseDevelopmentStorage=true", settings.Storage.ConnectionString);
        Assert.Equal((null, null, null), (settings.KeyVault, settings.ServiceBus, settings.Graph));
        Assert.Equal("http://localhost:7071/", settings.PublicUrl.AbsoluteUri);
    }

    [Fact]
    public void Azure_signsPeopleInByThePlatform_andSystemsByTokens()
    {
        var settings = Read(Azure);

        Assert.Equal(SignInKinds.EasyAuth | SignInKinds.Tokens, settings.SignIn);
        Assert.False(settings.WithDemo);
        Assert.Equal("contoso.servicebus.windows.net", settings.ServiceBus!.FullyQualifiedNamespace);
        Assert.Equal("approvals", settings.ServiceBus.Topic);
        Assert.Null(settings.Storage.ConnectionString);
    }

    [Fact]
    public void Azure_whosePlatformDoesNotAuthenticate_takesTokensAlone() =>
        Assert.Equal(SignInKinds.Tokens, Read(Azure, ("WEBSITE_AUTH_ENABLED", null)).SignIn);

    [Theory]
    [InlineData("WEBSITE_INSTANCE_ID", "1")]
    [InlineData("WEBSITE_SITE_NAME", "func")]
    public void Development_inAzure_isRefused_whateverTheEnvironmentIsCalled(string variable, string value) => Assert.Contains(
        "everybody",
        Refusal(Laptop, (variable, value), ("Approvals:SignIn", "development"), ("Approvals:KeyVaultUri", "https://k.vault.azure.net"), ("Approvals:PublicUrl", "https://a")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("AZURE_FUNCTIONS_ENVIRONMENT", null, "Approvals:SignIn", "development", "AZURE_FUNCTIONS_ENVIRONMENT")]
    [InlineData("AZURE_FUNCTIONS_ENVIRONMENT", "Staging", "Approvals:SignIn", "tokens,development", "AZURE_FUNCTIONS_ENVIRONMENT")]
    [InlineData("x", null, "Approvals:SignIn", "easyAuth", "WEBSITE_AUTH_ENABLED")]
    [InlineData("WEBSITE_AUTH_ENABLED", "False", "Approvals:SignIn", "easyAuth,tokens", "WEBSITE_AUTH_ENABLED")]
    [InlineData("x", null, "Approvals:SignIn", "proxy", "easyAuth, tokens and development")]
    [InlineData("x", null, "Approvals:Storage", null, "Approvals:Storage")]
    [InlineData("x", null, "Approvals:Storage", "nonsense", "no connection string")]
    [InlineData("x", null, "Approvals:ServiceBus", "nonsense", "Approvals:ServiceBus")]
    [InlineData("x", null, "Approvals:ServiceBus:fullyQualifiedNamespace", "https://contoso", "host name")]
    [InlineData("x", null, "Approvals:Graph:Tenant", "contoso", "Entra")]
    [InlineData("x", null, "Approvals:KeyVaultUri", "contoso", "https://")]
    [InlineData("x", null, "Approvals:DirectoryFile", "/nowhere.json", "no file")]
    [InlineData("x", null, "Approvals:SecretsVaultUri", "https://s.vault.azure.net", "Approvals:KeyVaultUri")]
    [InlineData("x", null, "Approvals:PublicUrl", "https://intra.example/apps/approvals", "without a path")]
    [InlineData("x", null, "Approvals:PublicUrl", "https://intra.example/?x=1", "a query")]
    [InlineData("x", null, "Approvals:RateLimt", "5", "Did you mean 'Approvals:RateLimit'?")]
    [InlineData("x", null, "Approvals:Graph:Tenent", "5", "Did you mean 'Approvals:Graph:Tenant'?")]
    [InlineData("x", null, "Approvals:SignIn:1", "tokens,easyauth", "Approvals:SignIn")]
    [InlineData("WEBSITE_SITE_NAME", "func", "x", null, "Approvals:KeyVaultUri")]
    [InlineData("WEBSITE_SITE_NAME", "func", "Approvals:KeyVaultUri", "https://k.vault.azure.net", "Approvals:PublicUrl")]
    public void Laptop_withWhatCannotBeUsed_saysSo(string name, string? value, string name2, string? value2, string said) =>
        Assert.Contains(said, Refusal(Laptop, (name, value), (name2, value2)), StringComparison.Ordinal);

    private static Settings Read(Dictionary<string, string?> from, params (string Name, string? Value)[] changes)
    {
        var all = new Dictionary<string, string?>(from);
        foreach (var (name, value) in changes)
        {
            all[name] = value;
        }
        return Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }

    private static string Refusal(Dictionary<string, string?> from, params (string Name, string? Value)[] changes) =>
        Assert.Throws<SettingsException>(() => Read(from, changes)).Message;
}
