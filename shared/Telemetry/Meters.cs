using System.Diagnostics;
using System.Diagnostics.Metrics;
using Approvals.Chains;
using Approvals.Gate;

namespace Approvals.Telemetry;

/// <summary>What the service tells of itself, for any OpenTelemetry exporter. Costs next to nothing where nobody listens.</summary>
public static class Meters
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Approvals";

    /// <summary>Counts what an alert looks at.</summary>
    public const string SlaBreaches = "approvals.sla.breaches";

    private static readonly Meter Meter = new(Name);

    /// <summary>Spans of what happens beside calls.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly Counter<long> GateCalls =
        Meter.CreateCounter<long>("approvals.gate.calls", "{call}", "Gate checks by outcome.");

    private static readonly Histogram<double> DecisionTimes =
        Meter.CreateHistogram<double>("approvals.decision.duration", "s", "From the creation of a request to its end, by status.");

    private static readonly Counter<long> Refusals =
        Meter.CreateCounter<long>("approvals.problems", "{answer}", "Problem answers by code.");

    private static readonly Counter<long> FailedSignIns =
        Meter.CreateCounter<long>("approvals.sign_in.failures", "{attempt}", "Credentials that were sent and are not valid.");

    private static readonly Counter<long> Breaches =
        Meter.CreateCounter<long>(SlaBreaches, "{breach}", "Times to respond or to complete that are over, by event.");

    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("approvals.work.failures", "{failure}", "Tries beside calls that failed and are made again, by kind of work.");

    /// <summary>Something that no caller waits for failed: it is tried again, or given up.</summary>
    /// <param name="work">A fixed word.</param>
    public static void Failed(string work) => Failures.Add(1, new KeyValuePair<string, object?>("work", work));

    public static void Gated(GateOutcome outcome)
    {
        if (GateCalls.Enabled)
        {
            GateCalls.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        }
    }

    public static void Decided(RequestStatus status, TimeSpan duration)
    {
        if (DecisionTimes.Enabled)
        {
            DecisionTimes.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("status", status.ToString()));
        }
    }

    public static void Refused(string code)
    {
        if (Refusals.Enabled)
        {
            Refusals.Add(1, new KeyValuePair<string, object?>("code", code));
        }
    }

    public static void SignInFailed() => FailedSignIns.Add(1);

    /// <summary>A level's time to respond, or a request's time to complete, is over.</summary>
    /// <param name="type">Of the event that told of it.</param>
    public static void Late(string type)
    {
        if (Breaches.Enabled)
        {
            Breaches.Add(1, new KeyValuePair<string, object?>("event", type));
        }
    }

    /// <summary>A value that is looked at when it is asked for.</summary>
    public static void Watch(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> observe) =>
        Meter.CreateObservableGauge(name, observe, unit, description);
}
