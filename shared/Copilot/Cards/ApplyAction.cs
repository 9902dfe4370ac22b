using Approvals.Values;

namespace Approvals.Copilot.Cards;

/// <summary>An ordinary call to the API that a signed-in person may make; the service makes none by itself.</summary>
/// <param name="Href">Path on this service, such as <c>/api/v1/policies</c>.</param>
/// <param name="Body">The JSON body to send; null for none.</param>
/// <param name="Requires">The role that the route asks for.</param>
public sealed record ApplyAction(string Method, string Href, Value Body, string Requires);
