using System.Net;
using System.Text;
using Approvals.Copilot.Model;
using Approvals.Functions.Hosting;
using Approvals.Hosting;
using Approvals.Hosting.Model;
using Approvals.Values;
using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Functions.Tests.Model;

/// <summary>How the Azure home signs in to its language model.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task WithoutAKey_theIdentitysTokenIsSent()
    {
        var identity = new Identity();
        using var service = new Service();
        var settings = OpenAiSettings.Read(Section(("Endpoint", "https://contoso.openai.azure.com/"), ("Deployment", "copilot")), withIdentity: true);

        var answer = await new OpenAiModel(settings!, FunctionsServices.ModelIdentity(identity), TimeProvider.System, NullLogger<OpenAiModel>.Instance, service)
            .CompleteAsync(new ModelPrompt { Name = "n", Task = "t", Subject = Value.Map(), Schema = Value.Map() }, CancellationToken.None);

        Assert.Equal("""{"text":"yes"}""", answer.Content.ToString());
        Assert.Equal("https://contoso.openai.azure.com/openai/v1/chat/completions", service.Asked!.RequestUri!.AbsoluteUri);
        Assert.Equal("Bearer of-the-identity", service.Asked.Headers.Authorization!.ToString());
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], identity.Scopes);
    }

    [Fact]
    public async Task AnIdentityThatFails_isAModelThatIsNotThere()
    {
        using var service = new Service();
        var settings = OpenAiSettings.Read(Section(("Endpoint", "https://contoso.openai.azure.com/"), ("Deployment", "copilot")), withIdentity: true);

        var answer = await new OpenAiModel(
                settings!, FunctionsServices.ModelIdentity(new Identity { IsDown = true }), TimeProvider.System, NullLogger<OpenAiModel>.Instance, service)
            .CompleteAsync(new ModelPrompt { Name = "n", Task = "t", Subject = Value.Map(), Schema = Value.Map() }, CancellationToken.None);

        Assert.Equal(ModelFault.Unavailable, answer.Fault);
        Assert.Null(service.Asked);
    }

    private static SettingsSection Section(params (string Name, string Value)[] settings) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Approvals:OpenAI:{setting.Name}", setting.Value))).Build());

    private sealed class Identity : TokenCredential
    {
        public bool IsDown { get; init; }

        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return IsDown ? throw new InvalidOperationException("No identity is available.") : new AccessToken("of-the-identity", DateTimeOffset.UtcNow.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class Service : HttpMessageHandler
    {
        public HttpRequestMessage? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request;
            const string Completion = """
                {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"text\":\"yes\"}"}}]}
                """;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Completion, Encoding.UTF8, "application/json") });
        }
    }
}
