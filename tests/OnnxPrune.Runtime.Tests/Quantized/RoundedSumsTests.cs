using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Xunit.Abstractions;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Quantized;

/// <summary>
/// Sums of floats that are rounded to 8 bits: additions in another order move some of them by a quantum. The right cut passes all the
/// same, a wrong one fails.
/// </summary>
public class RoundedSumsTests(ITestOutputHelper log)
{
    private const string Model = """
        <ir_version: 8, opset_import: ["" : 14]> g (float[N,3,24,24] x) => (float[N,8,24,24] y)
        <float[96,3,3,3] a = normal 0.3, float[96,96,3,3] b = normal 0.05, float[96,96,1,1] c = normal 0.1, float[8,96,1,1] d = normal 0.1, float s = {0.02}, uint8 z = {20}>
        {
          p = Conv <pads = [1,1,1,1]> (x, a)   p1 = HardSwish (p)  p2 = QuantizeLinear (p1, s, z)  p3 = DequantizeLinear (p2, s, z)
          q = Conv <pads = [1,1,1,1]> (p3, b)  q1 = HardSwish (q)  q2 = QuantizeLinear (q1, s, z)  q3 = DequantizeLinear (q2, s, z)
          r = Conv (q3, c)                     r1 = HardSwish (r)  r2 = QuantizeLinear (r1, s, z)  r3 = DequantizeLinear (r2, s, z)
          y = Conv (r3, d)
        }
        """;

    private static readonly int[] Right = [.. Enumerable.Range(0, 48).Select(i => 2 * i)];

    private readonly ModelAnalysis analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Model)));

    [Fact]
    public void The_right_cut_passes() => Assert.Equal(Verdict.Verified, Verify(Right).Verdict);

    [Fact]
    public void One_other_channel_fails() => Assert.Equal(Verdict.Failed, Verify([.. Right.SkipLast(1), 95]).Verdict);

    [Fact]
    public void All_other_channels_fail() => Assert.Equal(Verdict.Failed, Verify([.. Right.Select(i => i + 1)]).Verdict);

    private VerificationReport Verify(int[] cut)
    {
        var report = Verifier.Verify(Rewriter.Prune(Kept(cut)), Kept(Right), ExecutionProvider.Cpu);
        foreach (var run in report.Runs)
            log.WriteLine($"{run.Weights}: difference {run.LargestDifference:g3}, error {run.Error:g3}, power {run.Power:g3}");
        return report;
    }

    private Cut Kept(int[] channels) =>
        Cut.Of(analysis, analysis.Groups.ToDictionary(g => g, g => Enumerable.Range(0, g.Size).Select(channels.Contains).ToArray()));
}
