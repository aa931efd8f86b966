using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using Verifier = OnnxPrune.Runtime.Verification.Verifier;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Constants in the chains that exporters write to compute shapes.</summary>
public class ShapeArithmeticTests
{
    [Fact]
    public void A_small_constant_that_is_expanded_by_computed_sizes_is_the_same_in_the_random_twin() => ModelText.Verified(
        """
        g (float[N,3] x) => (float[N,4] y)
        <float[3,8] a = normal 0.5, float[8,4] b = normal 0.5, float[1,4] eye = {1, 0, 0, 1}, int64 zero = {0}, int64[1] front = {0}, int64[1] one = {1}>
        {
            s = Shape (x)  n = Gather (s, zero)  u = Unsqueeze (n, front)  repeats = Concat <axis = 0> (u, one)
            rank = Shape (repeats)  ones = ConstantOfShape <value = int64[1] {1}> (rank)
            e = Expand (eye, ones)  t = Tile (e, repeats)
            p = MatMul (x, a)  q = MatMul (p, b)  y = Add (q, t)
        }
        """);

    [Fact]
    public void Data_computed_from_a_size_that_is_not_known_stays_computed()
    {
        var analysis = ModelText.Analyse(
            """
            g (float[N,3] x) => (float[N,2] y)
            <float[3,8] a = normal 0.5, float[8,2] b = normal 0.5, int64 last = {1}>
            {
                p = MatMul (x, a)  r = MatMul (p, b)
                z = NonZero (x)  s = Shape (z)  n = Gather (s, last)  f = Cast <to = 1> (n)  y = Mul (r, f)
            }
            """);
        var masks = RandomMasks.Of(analysis, 1);

        var report = Verifier.Verify(analysis, Rewriter.Prune(analysis, masks), masks, ExecutionProvider.Cpu);

        Assert.True(report.Verdict == Verdict.Verified, report.Reason);
    }
}
