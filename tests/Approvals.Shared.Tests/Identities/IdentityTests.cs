using Approvals.Actors;
using Approvals.Identities;

namespace Approvals.Tests.Identities;

/// <summary>Who is calling, by what was verified of them. Whoever can't be told to be a human isn't one.</summary>
public sealed class IdentityTests
{
    private const string Human = "tid=t oid=rita sub=s1 iss=https://id.test ";

    [Theory]
    [InlineData(Human + "scp=access", "human rita")]
    [InlineData(Human + "preferred_username=rita@t.test", "human rita")]
    [InlineData(Human + "upn=rita@t.test", "human rita")]
    [InlineData(Human + "idtyp=user scp=access", "human rita")]
    [InlineData("tid=t sub=s1 iss=https://id.test scp=access", "human s1")]
    [InlineData("tid=t sub=auth0|7 iss=https://id.test scp=access", "human auth0%7C7")]
    [InlineData("tid=t oid=system scp=access", "human %73ystem")]
    [InlineData("http://schemas.microsoft.com/identity/claims/tenantid=t http://schemas.microsoft.com/identity/claims/objectidentifier=rita "
        + "http://schemas.microsoft.com/identity/claims/scope=access", "human rita")]
    [InlineData(Human + "", "agent rita")]
    [InlineData(Human + "name=Rita", "agent rita")]
    [InlineData(Human + "azp=app-1", "agent app-1")]
    [InlineData("tid=t oid=sp idtyp=app azp=app-1", "agent app-1")]
    [InlineData("tid=t oid=sp idtyp=app appid=app-2", "agent app-2")]
    [InlineData("tid=t oid=sp idtyp=app", "agent sp")]
    [InlineData("tid=t oid=sp idtyp=app preferred_username=rita@t.test scp=access azp=app-1", "agent app-1")]
    [InlineData("tid=t oid=sp idtyp=user idtyp=APP scp=access azp=app-1", "agent app-1")]
    [InlineData(Human + "scp=access azp=app-1 act={\"sub\":\"copilot\"}", "agent copilot for rita")]
    [InlineData(Human + "scp=access azp=app-1 act={}", "agent app-1 for rita")]
    [InlineData(Human + "scp=access azp=app-1 xms_act_fct=11", "agent app-1 for rita")]
    [InlineData(Human + "scp=access azp=app-1 xms_act_fct=9,11", "agent app-1 for rita")]
    [InlineData(Human + "scp=access azp=app-1 xms_act_fct=13", "agent app-1 for rita")]
    [InlineData(Human + "scp=access azp=app-1 xms_act_fct=1", "human rita")]
    [InlineData(Human + "scp=access azp=app-1 xms_sub_fct=13", "agent app-1")]
    [InlineData(Human + "upn=agent@t.test xms_sub_fct=13", "agent rita")]
    [InlineData(Human + "upn=agent@t.test azp=app-1 xms_sub_fct=11 xms_act_fct=11", "agent app-1")]
    [InlineData(Human + "scp=access azp=app-1 act=", "agent app-1 for rita")]
    [InlineData(Human + "scp=access azp=app-1 xms_act_fct=[9,11]", "agent app-1 for rita")]
    [InlineData(Human + "upn=device@t.test azp=app-1 idtyp=device", "agent app-1")]
    [InlineData("tid=t oid=sp idtyp=app azp=app-1 act={\"sub\":\"copilot\"}", "agent copilot")]
    // Nobody for certain.
    [InlineData(Human + "scp=access xms_act_fct=11", null)]
    [InlineData(Human + "scp=access act={\"sub\":\"rita\"}", null)]
    [InlineData("oid=rita scp=access", null)]
    [InlineData("tid=t preferred_username=rita@t.test", null)]
    [InlineData("tid=t tid=u oid=rita scp=access", null)]
    [InlineData("tid=t oid=rita oid=bo scp=access", null)]
    [InlineData("tid=t oid=rita http://schemas.microsoft.com/identity/claims/objectidentifier=bo scp=access", null)]
    [InlineData("tid=t oid=ri\nta sub=s1 scp=access", null)]
    public void Claims_name_somebody_or_nobody(string claims, string? expected)
    {
        var identity = Identity.Of(new VerifiedClaims(Parse(claims)));
        Assert.Equal(expected, identity is null ? null
            : $"{(identity.Type == ActorType.Human ? "human" : "agent")} {identity.Who.Id}{(identity.ActingFor is { } principal ? $" for {principal.Id}" : "")}");
    }

    [Fact]
    public void Keys_are_those_that_are_never_given_again()
    {
        var who = Identity.Of(new VerifiedClaims(Parse(Human + "preferred_username=rita@t.test")))!.Who;
        Assert.Equal("t/rita https://id.test#s1", string.Join(' ', who.Subjects));
        Assert.Equal("rita s1", string.Join(' ', who.Ids));
        Assert.Equal("rita@t.test", who.Username);
    }

    private static IEnumerable<KeyValuePair<string, string>> Parse(string claims) =>
        from claim in claims.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let at = claim.IndexOf('=', StringComparison.Ordinal)
        select new KeyValuePair<string, string>(claim[..at], claim[(at + 1)..]);
}
