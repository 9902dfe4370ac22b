using System.Buffers;
using Approvals.Values;
using BenchmarkDotNet.Attributes;

namespace Approvals.Bench;

public class JsonBenchmarks
{
    private readonly byte[] _utf8 = Samples.Bill(4200.5);
    private readonly Value _payload = Samples.Input(4200.5).Payload;
    private readonly ArrayBufferWriter<byte> _output = new(4096);

    [Benchmark]
    public bool Parse() => JsonText.TryParse(_utf8, out _, out _);

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        JsonText.Write(_payload, _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int WriteCanonical()
    {
        _output.ResetWrittenCount();
        JsonText.WriteCanonical(_payload, _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public string Hash() => PayloadHash.Of(_payload);

    /// <summary>The members of an audit entry, straight from fields.</summary>
    [Benchmark]
    public int CanonicalFields()
    {
        _output.ResetWrittenCount();
        var writer = new CanonicalWriter(_output);
        writer.BeginObject();
        writer.Member("action", "approved");
        writer.Member("actorId", "ana");
        writer.Member("actorName", "Ana Alves");
        writer.Member("at", "2026-03-02T09:30:00Z");
        writer.Member("previousHash", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        writer.Member("requestId", "01JNB3Y2M4V8Q6Z7R5T9W0X1C2");
        writer.Member("sequence", 17L);
        writer.Member("tenant", "contoso");
        writer.EndObject();
        writer.Flush();
        return _output.WrittenCount;
    }
}
