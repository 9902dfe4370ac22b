using Approvals.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Approvals.Api.SignIn;

/// <summary>
/// Credentials that were sent and are not valid: each is counted, and some a minute are in the log, with the address from which they came. So
/// whoever tries many fills no disk, and hides none behind them.
/// </summary>
public sealed partial class FailedSignIns(TimeProvider time, ILogger<FailedSignIns> log)
{
    /// <summary>Lines of the log in a minute.</summary>
    public const int MaxLogged = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _windowEnds;
    private int _logged;
    private long _left;

    /// <summary>After a call whose credential was refused. One that brings none is nobody's attempt.</summary>
    public void Record(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count == 0 && !http.Request.Headers.ContainsKey(IPrincipalReader.ProxyHeader))
        {
            return;
        }
        Meters.SignInFailed();
        long left;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now >= _windowEnds)
            {
                (_windowEnds, _logged) = (now + Window, 0);
            }
            if (_logged == MaxLogged)
            {
                _left++;
                return;
            }
            _logged++;
            (left, _left) = (_left, 0);
        }
        Failed(log, Origins.AddressOf(http), left);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in failed, from {Address}; {Left} more since the last of these lines are not in the log")]
    private static partial void Failed(ILogger logger, string? address, long left);
}
