using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>A full verification compares two choices of sizes with two kinds of weights; a quick one does what is needed to show an error.</summary>
public class VerificationEffortTests
{
    private const string Network = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,6] x) => (float[N,4] y)
        <float[6,32] a = normal 0.3, float[32,24] b = normal 0.3, float[24,4] c = normal 0.3>
        { h = MatMul (x, a)  r = Relu (h)  i = MatMul (r, b)  s = Relu (i)  y = MatMul (s, c) }
        """;

    [Theory]
    [InlineData(VerificationEffort.Full, Network, "source original original random random")]
    [InlineData(VerificationEffort.Quick, Network, "source original")]
    [InlineData(VerificationEffort.Automatic, Network, "source original original random random")]
    public void The_runs(VerificationEffort effort, string network, string runs)
    {
        var (report, steps) = Verify(network, effort);
        Assert.Equal(Verdict.Verified, report.Verdict);
        Assert.Equal(runs, string.Join(' ', report.Runs.Select(r => r.Weights)));
        Assert.Equal(effort == VerificationEffort.Quick ? VerificationEffort.Quick : VerificationEffort.Full, report.Effort);

        // The normalized model runs once on inputs that two comparisons share.
        int masked = report.Runs.Count(r => r.Weights != Comparison.SourceWeights);
        Assert.Equal((2 + (3 * masked) - 1, 2 + (3 * masked) - 1), steps[^1]);
        Assert.Equal(steps.Select(s => s.Done).Order(), steps.Select(s => s.Done));
        Assert.All(steps, s => Assert.InRange(s.Done, 0, s.Total));
    }

    // What these weights compute of the channels that leave is zero: the check would pass any cut.
    [Theory]
    [InlineData("r = Relu (h)  i = MatMul (r, b)  t = Sub (i, i)  s = Mul (t, k)  y = MatMul (s, c)")]
    [InlineData("r = Relu (h)  i = MatMul (r, b)  t = Mul (i, k)  s = Relu (t)  y = MatMul (s, c)")]
    [InlineData("r = Mul (h, k)  i = MatMul (r, b)  t = Relu (i)  s = Abs (t)  y = MatMul (s, c)")]
    [InlineData("r = Relu (h)  i = MatMul (r, b)  t = Tanh (i)  s = Mul (k, t)  y = MatMul (s, c)")]
    [InlineData("r = Mul (k, h)  t = Relu (r)  i = MatMul (t, b)  s = Relu (i)  y = MatMul (s, c)")]
    public void A_quick_one_takes_random_weights_where_the_own_weights_show_nothing(string nodes)
    {
        string network = $$"""
            <ir_version: 8, opset_import: ["" : 17]>
            g (float[N,6] x) => (float[N,4] y)
            <float[6,24] a = normal 0.3, float[24,24] b = normal 0.3, float[24,4] c = normal 0.3, float[24] k = normal 0.0>
            { h = MatMul (x, a)  {{nodes}} }
            """;
        var (report, _) = Verify(network, VerificationEffort.Quick);
        Assert.Contains("random", report.Runs.Select(r => r.Weights));
        Assert.Single(report.Runs, r => r.Weights == "original");
    }

    // The branch that the data does not choose is compared with negated conditions, on random weights.
    [Fact]
    public void A_quick_one_runs_the_other_branches()
    {
        var (report, _) = Verify("""
            <ir_version: 8, opset_import: ["" : 17]>
            g (float[2,6] x) => (float[2,4] y)
            <float[6,32] a = normal 0.3, float[32,4] b = normal 0.3, float zero = {0}>
            { m = ReduceMax <keepdims = 0> (x)  c = Greater (m, zero)  p = MatMul (x, a)
              u = If <then_branch = t () => (q) { q = Tanh (p) }, else_branch = e () => (r) { r = Relu (p) }> (c)  y = MatMul (u, b) }
            """, VerificationEffort.Quick);
        Assert.Equal("source original random random", string.Join(' ', report.Runs.Select(r => r.Weights)));
    }

    [Fact]
    public async Task None_runs_nothing()
    {
        var options = new PruningOptions { Budget = "channels=50%", Calibration = PruningOptions.NoCalibration, Verification = VerificationEffort.None };
        var result = await PruningRun.RunAsync(new OnnxModel(OnnxText.Parse(Network)), options);
        Assert.Null(result.Verification);
        Assert.Null(result.OutputChange);
    }

    [Fact]
    public void A_quick_one_finds_a_wrong_cut()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Network)));
        bool[] first = [.. Enumerable.Range(0, 32).Select(i => i < 16)], last = [.. first.Reverse()];
        var group = analysis.Groups.First(g => g.Size == 32);
        var wrong = Rewriter.Prune(Cut.Of(analysis, [KeyValuePair.Create(group, last)]));
        var report = Verifier.Verify(wrong, Cut.Of(analysis, [KeyValuePair.Create(group, first)]), ExecutionProvider.Cpu, VerificationEffort.Quick);
        Assert.Equal(Verdict.Failed, report.Verdict);
    }

    private static (VerificationReport Report, List<(int Done, int Total)> Steps) Verify(string network, VerificationEffort effort)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(network)));
        var cut = Cut.Of(analysis, analysis.Groups.Select(g => KeyValuePair.Create(g, Enumerable.Range(0, g.Size).Select(i => i % 2 == 0).ToArray())));
        var steps = new List<(int, int)>();
        var report = Verifier.Verify(Rewriter.Prune(cut), cut, ExecutionProvider.Cpu, effort, (done, total) => steps.Add((done, total)));
        return (report, steps);
    }
}
