using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Models on which a run says nothing: that is neither a success nor a defect.</summary>
public class InconclusiveRunTests
{
    [Fact]
    public void A_network_that_amplifies_rounding_without_bound_is_not_verified() =>
        Assert.Equal(Verdict.NotVerified, Verify(Iterated(60)).Verdict);

    [Fact]
    public void A_network_that_hardly_amplifies_rounding_is_verified() =>
        Assert.Equal(Verdict.Verified, Verify(Iterated(2)).Verdict);

    [Fact]
    public void Outputs_that_are_no_numbers_before_the_cut_are_no_failure_of_the_cut()
    {
        var report = Verify("""
            g (float[N,3] x) => (float[N,2] y)
            <float[3,8] a = normal 0.5, float[8,2] b = normal 0.5, float below = {-1}>
            { p = MatMul (x, a)  q = MatMul (p, b)  r = Abs (q)  s = Mul (r, below)  y = Log (s) }
            """);

        Assert.Equal(Verdict.NotVerified, report.Verdict);
        Assert.Contains("before any cut", report.Reason);
    }

    [Theory]
    [InlineData("int64[1099511627776,1099511627776] s", "int64[1099511627776,1099511627776] t")]
    [InlineData("float[1099511627776,1099511627776] s", "float[1099511627776,1099511627776] t")]
    public void Inputs_that_cannot_be_made_are_named(string input, string output)
    {
        var report = Verify($$"""
            g (float[N,3] x, {{input}}) => (float[N,2] y, {{output}})
            <float[3,8] a = normal 0.5, float[8,2] b = normal 0.5>
            { p = MatMul (x, a)  y = MatMul (p, b)  t = Identity (s) }
            """);

        Assert.Equal(Verdict.NotVerified, report.Verdict);
        Assert.Contains("the input 's'", report.Reason);
    }

    [Fact]
    public void A_weight_without_elements_is_no_group()
    {
        var analysis = ModelText.Analyse(
            """
            g (float[N,3] x) => (float[N,2] y)
            <float[3,0] a = {}, float[0,2] b = {}>
            { p = MatMul (x, a)  y = MatMul (p, b) }
            """);

        Assert.Empty(analysis.Groups);
    }

    // The logistic map doubles a difference with every step.
    private static string Iterated(int steps)
    {
        var nodes = Enumerable.Range(0, steps).Select(i => $"c{i} = Sub (one, h{i})  d{i} = Mul (h{i}, c{i})  h{i + 1} = Mul (four, d{i})");
        return $$"""
            g (float[N,3,8,8] x) => (float[N,4,4,4] y)
            <float[40,3,3,3] a = normal 0.3, float[4,40,3,3] b = normal 0.3, float one = {1}, float four = {3.99}>
            { p = Conv (x, a)  q = Conv (p, b)  h0 = Sigmoid (q)  {{string.Join("  ", nodes)}}  y = Identity (h{{steps}}) }
            """;
    }

    private static VerificationReport Verify(string text)
    {
        var analysis = ModelText.Analyse(text);
        var masks = RandomMasks.Of(analysis, 1);
        return Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
    }
}
