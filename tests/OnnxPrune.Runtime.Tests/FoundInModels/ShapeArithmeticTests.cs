using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

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

        var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);

        Assert.True(report.Verdict == Verdict.Verified, report.Reason);
    }

    [Fact]
    public void A_size_that_is_computed_by_way_of_a_reciprocal_is_known()
    {
        var analysis = ModelText.Verified(
            """
            g (float[N,3,8,8] x) => (float[N,2,16,16] y)
            <float[8,3,1,1] a = normal 0.5, float[2,8,1,1] b = normal 0.5, int64[2] hw = {8, 8}, float wanted = {16},
             int64[1] front = {0}, int64[1] back = {2}>
            {
                f = Cast <to = 1> (hw)  r = Reciprocal (f)  k = Mul (r, wanted)  g1 = Mul (k, f)  g2 = Round (g1)  size = Cast <to = 7> (g2)
                p = Conv (x, a)  s = Shape (p)  nc = Slice (s, front, back)  to = Concat <axis = 0> (nc, size)
                q = Resize <mode = "nearest"> (p, , , to)  y = Conv (q, b)
            }
            """);

        Assert.Equal((8 * 8 * 3 * 8) + (16 * 16 * 8 * 2), analysis.Cost.Total(_ => null).Macs);
    }

    [Fact]
    public void A_convolution_over_an_area_that_is_not_known_costs_what_one_position_does()
    {
        var analysis = ModelText.Analyse(
            """
            g (float[1,3,8,8] x, int64[4] size) => (float[1,2,h,w] y)
            <float[8,3,3,3] a = normal 0.5, float[2,8,1,1] b = normal 0.5>
            { r = Resize <mode = "nearest"> (x, , , size)  p = Conv (r, a)  y = Conv (p, b) }
            """);

        Assert.Equal((8 * 3 * 9) + (2 * 8), analysis.Cost.Total(_ => null).Macs);
    }
}
