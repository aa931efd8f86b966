using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>On noise, a network with BatchNormalizations is looked at with other statistics; nothing else about it changes.</summary>
public class CalibrationDomainTests
{
    private readonly ModelAnalysis normalized = Of("""
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[6,3,1,1] a = normal 0.5, float[6] s = uniform 0.5 2, float[6] t = normal 1, float[6] m = normal 1, float[6] v = uniform 0.5 2, float[4,6,3,3] b = normal 0.5>
        { h = Conv (x, a)  n = BatchNormalization (h, s, t, m, v)  r = Relu (n)  y = Conv <pads = [1,1,1,1]> (r, b) }
        """);

    [Fact]
    public void Groups_and_masks_are_those_of_the_network()
    {
        var domain = Domain(normalized);
        var kept = Cut.Of(normalized, new Dictionary<Term, bool[]> { [normalized.Groups[0].Variable] = [true, false, true, true, true, false] });

        Assert.NotSame(normalized, domain.Analysis);
        Assert.Equal(normalized.Groups.Select(g => g.Id), domain.Groups(normalized.Groups).Select(g => g.Id));
        var seen = kept.Of(domain.Analysis);
        Assert.Same(domain.Analysis.Groups[0], Assert.Single(seen.Groups));
        Assert.Equal(kept.MaskOf(normalized.Groups[0]), seen.MaskOf(domain.Analysis.Groups[0]));
    }

    [Theory]
    [InlineData("float")]
    [InlineData("double")]
    public void Statistics_come_back_where_nothing_changed(string type)
    {
        var analysis = type == "float" ? normalized : Of("""
            g (double[N,3,6] x) => (double[N,4,6] y)
            <double[6,3,1] a = normal 0.5, double[6] s = uniform 0.5 2, double[6] t = normal 1, double[6] m = normal 1, double[6] v = uniform 0.5 2, double[4,6,3] b = normal 0.5>
            { h = Conv (x, a)  n = BatchNormalization (h, s, t, m, v)  r = Relu (n)  y = Conv (r, b) }
            """);
        var domain = Domain(analysis);
        var kept = Cut.Of(analysis, new Dictionary<Term, bool[]> { [analysis.Groups[0].Variable] = [true, false, true, true, true, false] });
        var (pruned, cut) = (Rewriter.Prune(kept), Rewriter.Prune(kept.Of(domain.Analysis)));

        Assert.NotEqual(pruned.Proto.Graph.Initializer, cut.Proto.Graph.Initializer);
        Assert.Equal(pruned.Proto, domain.Back(pruned, cut, cut).Proto);
    }

    [Fact]
    public void Without_BatchNormalizations_or_on_data_of_the_users_it_is_the_network_itself()
    {
        var plain = Of(
            "g (float[N,3] x) => (float[N,4] y) <float[3,6] a = normal 0.5, float[6,4] b = normal 0.5> { h = MatMul (x, a)  y = MatMul (h, b) }");
        Assert.Same(plain, Domain(plain).Analysis);
        var data = CalibrationSet.Synthetic(normalized, 8, 0) with { Source = "x.npy" };
        Assert.Same(normalized, CalibrationDomain.Of(normalized, data, ExecutionProvider.Cpu).Analysis);
    }

    [Theory]
    [InlineData("N", 100, 2, 128)]
    [InlineData("1", 10, 10, 10)]
    [InlineData("16", 33, 3, 48)]
    public void Few_samples_are_whole_batches_with_a_hash_of_their_own(string batch, int wanted, int batches, int samples)
    {
        var analysis = Of($"g (float[{batch},3] x) => (float[{batch},4] y) <float[3,6] a = normal 0.5, float[6,4] b = normal 0.5> {{ h = MatMul (x, a)  y = MatMul (h, b) }}");
        var data = CalibrationSet.Synthetic(analysis, 256, 0);
        string hash = data.Hash;

        var few = CalibrationDomain.Of(analysis, data, ExecutionProvider.Cpu).Take(wanted).Data;

        Assert.Equal((batches, samples), (few.Batches.Count, few.Samples));
        Assert.NotEqual(hash, few.Hash);
        Assert.Equal(few.Hash, CalibrationSet.Synthetic(analysis, samples, 0).Hash);
    }

    private static ModelAnalysis Of(string text) => ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));

    private static CalibrationDomain Domain(ModelAnalysis analysis) =>
        CalibrationDomain.Of(analysis, CalibrationSet.Synthetic(analysis, 64, 0), ExecutionProvider.Cpu);
}
