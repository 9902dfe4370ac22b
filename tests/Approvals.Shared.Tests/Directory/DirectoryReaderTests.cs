using Approvals.Actors;
using Approvals.Directory;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Directory;

/// <summary>The directory file.</summary>
public sealed class DirectoryReaderTests
{
    /// <summary>The file of the design, as written there.</summary>
    private const string Design = """
        { "tenants": [ { "id": "contoso", "timeZone": "Europe/Berlin", "fallbackApprovers": ["role:admin"], "requireSignInForLinks": false,
            "people": [ { "id": "ana", "name": "Ana Alves", "email": "ana@contoso.test", "kind": "human", "roles": ["approver","finance-manager"], "groups": ["finance"], "manager": "cleo" },
                        { "id": "bot-7", "name": "Purchasing agent", "kind": "agent", "roles": ["requester"] } ] } ] }
        """;

    /// <summary>A tenant or person, and the pointers of what is wrong with it.</summary>
    public static readonly TheoryData<string, string[]> Tenants = new()
    {
        { """{"people":[]}""", ["/id"] },
        { """{"id":"a.b"}""", ["/id"] },
        { """{"id":"a","peple":[]}""", ["/peple"] },
        { """{"id":"a","timeZone":"Mars/Olympus"}""", ["/timeZone"] },
        { """{"id":"a","fallbackApprovers":[]}""", ["/fallbackApprovers"] },
        { """{"id":"a","fallbackApprovers":["admins"]}""", ["/fallbackApprovers/0"] },
        { """{"id":"a","requireSignInForLinks":"no"}""", ["/requireSignInForLinks"] },
        { """{"id":"a","calendars":[]}""", ["/calendars"] },
        { """{"id":"a","calendars":{"x/y":{"hours":"9"}}}""", ["/calendars/x~1y/hours"] },
        { """{"id":"a","people":{}}""", ["/people"] },
        { """{"id":"a","people":[{"id":"x"},{"id":"x"}]}""", ["/people/1/id"] },
        { """{"id":"a","people":[{"id":"x","subjects":["t/o"]},{"id":"y","subjects":["t/o"]}]}""", ["/people/1/subjects"] },
        { """{"id":"a","people":[{"id":"x","subjects":["bare"]}]}""", ["/people/0/subjects/0"] },
        { """{"id":"a","linkBy":"mail"}""", ["/linkBy"] },
        { """{"id":"a","people":[{"name":"X"}]}""", ["/people/0/id"] },
        { """{"id":"a","people":[{"id":"system"}]}""", ["/people/0/id"] },
        { """{"id":"a","people":[{"id":"a b"}]}""", ["/people/0/id"] },
        { """{"id":"a","people":[{"id":"x","kind":"robot"}]}""", ["/people/0/kind"] },
        { """{"id":"a","people":[{"id":"x","email":"nowhere"}]}""", ["/people/0/email"] },
        { """{"id":"a","people":[{"id":"x","email":"a@b\nBcc: c@d"}]}""", ["/people/0/email"] },
        { """{"id":"a","people":[{"id":"x","roles":"admin"}]}""", ["/people/0/roles"] },
        { """{"id":"a","people":[{"id":"x","roles":[" admin"]}]}""", ["/people/0/roles/0"] },
        { """{"id":"a","people":[{"id":"x","roles":["admin","admin"],"groups":[" "]}]}""", ["/people/0/roles/1", "/people/0/groups/0"] },
        { """{"id":"a","people":[{"id":"x","away":{"from":"2026-03-01T00:00:00Z"}}]}""", ["/people/0/away/until"] },
        { """{"id":"a","people":[{"id":"x","away":{"from":"2026-03-02T00:00:00Z","until":"2026-03-01T00:00:00Z"}}]}""", ["/people/0/away/until"] },
        { """{"id":"a","people":[{"id":"x","away":{"from":"monday","until":"2026-03-01T00:00:00Z"}}]}""", ["/people/0/away/from"] },
        { """{"id":"a","people":[{"id":"x","title":"Boss"}]}""", ["/people/0/title"] },
        { """{"id":"a","name":"A\u0000","people":[{"id":"x","name":"X\nY","department":"\u001b[31m","roles":["a\u0007"]}]}""", ["/name", "/people/0/name", "/people/0/roles/0", "/people/0/department"] },
    };

    [Fact]
    public void The_designs_own_file_reads_as_written()
    {
        Assert.True(DirectoryReader.TryRead(World.Json(Design), out var tenants, out var errors), string.Join("; ", errors));

        var tenant = Assert.Single(tenants);
        Assert.Equal(("contoso", "Europe/Berlin", false), (tenant.Settings.Id, tenant.Settings.TimeZone, tenant.Settings.RequireSignInForLinks));
        Assert.Equal<string>(["role:admin"], tenant.Settings.FallbackApprovers);
        var (ana, bot) = (tenant.People[0], tenant.People[1]);
        Assert.Equal(("Ana Alves", "ana@contoso.test", ActorType.Human, "cleo"), (ana.Name, ana.Email, ana.Kind, ana.Manager));
        Assert.Equal<string>(["approver", "finance-manager"], ana.Roles);
        Assert.Equal<string>(["finance"], ana.Groups);
        Assert.Equal((ActorType.Agent, "Purchasing agent"), (bot.Kind, bot.Name));
    }

    [Theory]
    [MemberData(nameof(Tenants))]
    public void What_is_wrong_is_told_with_its_place(string tenant, string[] pointers)
    {
        Assert.False(DirectoryReader.TryRead(World.Json($$"""{"tenants":[{{tenant}}]}"""), out var read, out var errors));
        Assert.Empty(read);
        Assert.Equal(pointers.Select(pointer => $"/tenants/0{pointer}"), errors.Select(error => error.Pointer));
    }

    [Theory]
    [InlineData("""{"tenants":[{"id":"a"},{"id":"a"}]}""", "/tenants/1/id")]
    [InlineData("""{"tenants":[]}""", "/tenants")]
    [InlineData("""{}""", "/tenants")]
    [InlineData("""[]""", "")]
    public void So_is_what_is_wrong_with_the_whole(string json, string pointer)
    {
        Assert.False(DirectoryReader.TryRead(World.Json(json), out _, out var errors));
        Assert.Equal(pointer, Assert.Single(errors).Pointer);
    }

    [Fact]
    public void Calendars_absence_substitute_and_department_are_read()
    {
        const string Text = """
            {"tenants":[{"id":"a","timeZone":"Asia/Tokyo","calendars":{"office":{"hours":"10:00-18:00"}},
              "people":[{"id":"x","department":"legal","substitute":"y","away":{"from":"2026-03-01T00:00:00+01:00","until":"2026-03-08T00:00:00Z"}}]}]}
            """;
        Assert.True(DirectoryReader.TryRead(World.Json(Text), out var tenants, out _));

        var person = tenants[0].People[0];
        Assert.Equal(("x", "legal", "y"), (person.Name, person.Department, person.Substitute));
        Assert.True(person.IsAway(new DateTimeOffset(2026, 2, 28, 23, 0, 0, TimeSpan.Zero)));
        Assert.False(person.IsAway(new DateTimeOffset(2026, 3, 8, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal("Asia/Tokyo", tenants[0].Settings.Calendars["office"].TimeZone);
    }

    [Fact]
    public void One_person_is_read_alone()
    {
        Assert.True(DirectoryReader.TryReadPerson(World.Json("""{"id":"x","name":"X"}"""), out var person, out _));
        Assert.Equal("X", person.Name);
        Assert.False(DirectoryReader.TryReadPerson(World.Json("""{"id":"x","nme":"X"}"""), out _, out var errors));
        Assert.Equal(new DirectoryError("/nme", "A person has no member 'nme'.", "Did you mean 'name'?"), Assert.Single(errors));
        Assert.Equal("A person has no member 'nme'. Did you mean 'name'?", errors[0].Text);
    }
}
